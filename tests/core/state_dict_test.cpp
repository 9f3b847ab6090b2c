// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/pickle.h"
#include "core/files/state_dict.h"
#include "core/files/zip.h"
#include "tests/support/files.h"

#include <QTemporaryDir>

#include <cstring>

using namespace samout;

namespace {

using namespace std::string_literals;
using Shape = std::vector<std::int64_t>;

std::span<const std::byte> bytesOf(std::string_view text) { return std::as_bytes(std::span(text)); }

/// A pickled dict {"a": …}; `value` is the code that puts the value on the stack.
std::string dictOf(const std::string &value) { return "\x80\x02}X\x01\0\0\0a"s + value + "s."; }

const std::string floatStorage = "(X\x07\0\0\0storagectorch\nFloatStorage\nX\x01\0\0\0"
                                 "0X\x03\0\0\0cpuK\x06tQ"s; // 6 numbers

/// A tensor on that storage; offset, shape and strides as pickled.
std::string tensorOf(const std::string &place)
{
    return "ctorch._utils\n_rebuild_tensor_v2\n(" + floatStorage + place + "\x89" + "ccollections\nOrderedDict\n)RtR";
}

StoredTensor numbered(DType type, Shape shape)
{
    StoredTensor tensor{type, std::move(shape), {}};
    for (std::size_t i = 0; i < static_cast<std::size_t>(tensor.count()) * itemSize(type); ++i)
        tensor.bytes.push_back(static_cast<std::byte>(type == DType::Bool ? i % 2 : i * 7));
    return tensor;
}

TensorFile everyType()
{
    TensorFile file;
    for (const DType type :
         {DType::F32, DType::F64, DType::F16, DType::BF16, DType::I64, DType::I32, DType::U8, DType::Bool})
        file.tensors[dtypeName(type) + " é"] = numbered(type, {3, 2});
    file.tensors["scalar"] = numbered(DType::F32, {});
    file.tensors["empty"] = numbered(DType::F32, {2, 0, 4});
    return file;
}

/// values(k, count) of make_fixtures.py
std::vector<float> values(int k, int count)
{
    std::vector<float> numbers;
    for (int i = 0; i < count; ++i)
        numbers.push_back((static_cast<float>((i * 7 + k * 13) % 64) - 32) / 32);
    return numbers;
}

} // namespace

class StateDictTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path path(const char *name = "x.pth") const { return m_folder.filePath(name).toStdString(); }

    /// A .pth of this pickle and one storage "0" of 6 floats.
    void writeAround(std::string_view pickle, std::string_view byteOrder = "little") const
    {
        ZipWriter zip;
        zip.add("archive/data.pkl", bytesOf(pickle));
        zip.add("archive/byteorder", bytesOf(byteOrder));
        const std::vector<float> numbers = values(0, 6);
        zip.add("archive/data/0", std::as_bytes(std::span(numbers)));
        writeFileWhole(path(), zip.finish());
    }

private Q_SLOTS:
    void everythingComesBack()
    {
        writeStateDict(path(), everyType());
        const TensorFile read = readStateDict(path());
        QCOMPARE(read.tensors.size(), everyType().tensors.size());
        for (const auto &[name, tensor] : everyType().tensors) {
            QCOMPARE(read.tensors.at(name).type, tensor.type);
            QCOMPARE(read.tensors.at(name).shape, tensor.shape);
            QVERIFY2(read.tensors.at(name).bytes == tensor.bytes, name.c_str());
        }
    }

    void recordsAreAligned()
    {
        // Names of every length, so that every size of padding occurs.
        ZipWriter writer;
        for (int i = 1; i <= 130; ++i)
            writer.add(std::string(static_cast<std::size_t>(i), 'n'), bytesOf("record " + std::to_string(i)));
        const std::vector<std::byte> bytes = writer.finish();
        writeFileWhole(path(), bytes);

        const InputFile file(path());
        const ZipReader zip(file);
        for (int i = 1; i <= 130; ++i) {
            const std::string text = "record " + std::to_string(i);
            const auto record = bytesOf(text);
            const std::vector<std::byte> read = zip.read(std::string(static_cast<std::size_t>(i), 'n'));
            QVERIFY(std::equal(read.begin(), read.end(), record.begin(), record.end()));
            QCOMPARE((std::search(bytes.begin(), bytes.end(), record.begin(), record.end()) - bytes.begin()) % 64, 0);
        }
    }

    void pythonsStateDictIsRead_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("prefix");
        QTest::newRow("as saved") << "python_state_dict.pth"
                                  << "";
        QTest::newRow("without checksums") << "python_no_checksums.pth"
                                           << "";
        QTest::newRow("a checkpoint of bfloat16 parameters, protocol 4") << "python_checkpoint.pth"
                                                                         << "module.";
    }
    void pythonsStateDictIsRead()
    {
        QFETCH(QString, name);
        QFETCH(QString, prefix);
        const TensorFile file = readStateDict(files::golden(name.toStdString()));
        QCOMPARE(file.tensors.size(), std::size_t{22});
        const auto tensor = [&](const char *key) { return file.tensors.at(prefix.toStdString() + key); };
        QCOMPARE(tensor("em.weight").shape, (Shape{7, 6}));
        QCOMPARE(tensor("em.weight").floats(), values(0, 42));
        QCOMPARE(tensor("decoder_layers.0.alpha").shape, Shape{});
        QCOMPARE(tensor("decoder_layers.0.alpha").floats(), values(1, 1));
        QCOMPARE(tensor("head.weight").floats(), values(21, 42));
    }

    void everyKindOfTensorIsRead()
    {
        const TensorFile file = readStateDict(files::golden("python_kinds.pth"));
        QCOMPARE(file.tensors.size(), std::size_t{13}); // without the text and the number
        for (const char *name : {"double", "half", "bfloat16"})
            QCOMPARE(file.tensors.at(name).floats(), values(0, 6));
        using Integers = std::vector<std::int64_t>;
        QCOMPARE(file.tensors.at("long").integers(), (Integers{-5, std::int64_t{1} << 40}));
        QCOMPARE(file.tensors.at("int").integers(), (Integers{-5, 1 << 20}));
        QCOMPARE(file.tensors.at("byte").integers(), (Integers{0, 255}));
        QCOMPARE(file.tensors.at("bool").integers(), (Integers{1, 0}));
        const std::vector<float> v = values(0, 6);
        QCOMPARE(file.tensors.at("transposed").shape, (Shape{3, 2}));
        QCOMPARE(file.tensors.at("transposed").floats(), (std::vector<float>{v[0], v[3], v[1], v[4], v[2], v[5]}));
        const std::vector<float> shared = values(1, 20);
        QCOMPARE(file.tensors.at("tail").floats(), (std::vector<float>(shared.begin() + 15, shared.end())));
        QCOMPARE(file.tensors.at("every_third").floats(),
                 (std::vector<float>{shared[1], shared[4], shared[7], shared[10], shared[13], shared[16], shared[19]}));
        QCOMPARE(file.tensors.at("expanded").floats(), (std::vector<float>{v[0], v[1], v[2], v[0], v[1], v[2]}));
        QCOMPARE(file.tensors.at("empty").shape, (Shape{0, 4}));
        QCOMPARE(file.tensors.at("scalar").floats(), std::vector<float>{0.75f});
    }

    void codeIsNamedAndNotRun()
    {
        QFile::remove("/tmp/samout_was_here");
        VERIFY_ERROR(readStateDict(files::golden("malicious.pth")), "\"posix.system\"");
        QVERIFY(!QFile::exists("/tmp/samout_was_here"));
        VERIFY_ERROR(readStateDict(files::golden("python_whole_module.pth")), "\"__main__.Network\"");
        VERIFY_ERROR(readStateDict(files::golden("python_whole_module.pth")), "state_dict()");
    }

    void otherKindsOfFileAreRefused()
    {
        VERIFY_ERROR(readStateDict(files::golden("python_legacy.pth")), "before 1.6");
        VERIFY_ERROR(readStateDict(files::golden("python.safetensors")), "no file that torch.save wrote");
        VERIFY_ERROR(readStateDict(path("none.pth")), "There is no file");
        files::writeContent(path(), {});
        VERIFY_ERROR(readStateDict(path()), "is empty");
        std::vector<std::byte> tar(1024);
        std::memcpy(tar.data() + 257, "ustar", 5);
        files::writeContent(path(), tar);
        VERIFY_ERROR(readStateDict(path()), "is a tar");
        ZipWriter zip;
        zip.add("something/else", bytesOf("x"));
        writeFileWhole(path(), zip.finish());
        VERIFY_ERROR(readStateDict(path()), "data.pkl");
        writeAround(dictOf(tensorOf("K\0K\x06\x85K\x01\x85"s)), "big");
        VERIFY_ERROR(readStateDict(path()), "big-endian");
    }

    void aTensorIsWhereThePickleSays()
    {
        writeAround(dictOf(tensorOf("K\x01K\x02K\x02\x86K\x03K\x01\x86")));
        const TensorFile file = readStateDict(path());
        const std::vector<float> v = values(0, 6);
        QCOMPARE(file.tensors.at("a").floats(), (std::vector<float>{v[1], v[2], v[4], v[5]}));
    }

    void hostilePicklesAreRefused_data()
    {
        QTest::addColumn<QByteArray>("pickle");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char *name, const std::string &pickle, const char *part) {
            QTest::newRow(name) << QByteArray::fromStdString(pickle) << QByteArray(part);
        };
        row("one number too many", dictOf(tensorOf("K\0K\x07\x85K\x01\x85"s)), "outside its storage of 6");
        row("offset too large", dictOf(tensorOf("K\x06K\x01\x85K\x01\x85")), "outside its storage");
        row("offset negative", dictOf(tensorOf("J\xFF\xFF\xFF\xFFK\x01\x85K\x01\x85")), "outside its storage");
        row("stride too large", dictOf(tensorOf("K\0K\x02\x85K\x06\x85"s)), "outside its storage");
        row("stride negative", dictOf(tensorOf("K\x05K\x02\x85J\xFF\xFF\xFF\xFF\x85")), "negative");
        row("size negative", dictOf(tensorOf("K\x05J\xFE\xFF\xFF\xFF\x85K\x01\x85")), "negative");
        const std::string large = "\x8a\x08\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x7F";
        row("size overflows", dictOf(tensorOf("K\0"s + large + large + "\x86" + large + large + "\x86")), "outside");
        row("offset overflows", dictOf(tensorOf(large + "K\x02\x85" + large + "\x85")), "outside its storage");
        row("number of 80 bits", dictOf(tensorOf("K\0\x8a\x0a"s + std::string(10, '\1') + "\x85K\x01\x85")), "a size");
        row("type that is not ours", dictOf("ctorch\nComplexFloatStorage\n"), "of the type torch.ComplexFloatStorage");
        row("strides missing", dictOf(tensorOf("K\0K\x01\x85)"s)), "strides");
        row("more dimensions than any", dictOf(tensorOf("K\0("s + std::string(40, 'K') + "t)")), "dimensions");
        row("terabytes of one number", dictOf(tensorOf("K\0\x8a\x06\0\0\0\0\0\x01\x85K\0\x85"s)), "far more memory");
        row("tensor without storage", dictOf("ctorch._utils\n_rebuild_tensor_v2\n(K\0K\0)))tR"s), "a storage");
        row("tensor of nothing", dictOf("ctorch._utils\n_rebuild_tensor_v2\n)R"), "too little");
        row("parameter of nothing", dictOf("ctorch._utils\n_rebuild_parameter\n)R"), "too little");
        row("parameter of a number", dictOf("ctorch._utils\n_rebuild_parameter\nK\1\x85R"), "a tensor");
        row("call of a number", dictOf("K\1)R"), "a function");
        row("eval", dictOf("cbuiltins\neval\nX\1\0\0\0x\x85R"s), "\"builtins.eval\"");
        row("eval in protocol 4", dictOf("\x8c\x08"s + "builtins\x8c\x04"s + "eval\x93)R"), "\"builtins.eval\"");
        row("a class by its number", dictOf("i__main__\nX\n"), "instruction 105");
        row("an extension", dictOf("\x82\x01"), "instruction 130");
        row("empty stack", "\x80\x02s.", "empty stack");
        row("below a mark", "\x80\x02}(s.", "empty stack");
        row("no mark", "\x80\x02}u.", "empty stack");
        row("nothing", "\x80\x02.", "empty stack");
        row("memory of nothing", dictOf("h\x09"), "refers to a value");
        row("key without value", "\x80\x02}(K\x01u.", "key without a value");
        row("append to a number", dictOf("K\x01K\x02"s + "a"), "appends");
        row("protocol 9", "\x80\x09}.", "protocol 9");
        row("more after the end", dictOf("N") + "x", "more than it should");
        row("text longer than the pickle", dictOf("X\xFF\xFF\xFF\x7Fx"), "ends too early");
        row("no dict", "\x80\x02].", "no dict of tensors");
        row("no tensors", "\x80\x02}.", "no tensors");
        row("dict in itself", "\x80\x02}q\0X\x05\0\0\0modelh\0s."s, "no tensors");
        row("list in itself", "\x80\x02]q\0h\0a."s, "no dict of tensors");
        row("reference to no storage", dictOf("K\x01Q"), "a storage");
        row("storage missing",
            dictOf("ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\n"
                   "X\x03\0\0\0../X\x03\0\0\0cpuK\x06tQK\0K\x01\x85K\x01\x85tR"s),
            "missing");
        row("storage longer than its record",
            dictOf("ctorch._utils\n_rebuild_tensor_v2\n((X\x07\0\0\0storagectorch\nFloatStorage\n"
                   "X\x01\0\0\0"
                   "0X\x03\0\0\0cpuK\x09tQK\0K\x09\x85K\x01\x85tR"s),
            "it should have 9 numbers");
    }
    void hostilePicklesAreRefused()
    {
        QFETCH(QByteArray, pickle);
        QFETCH(QByteArray, part);
        writeAround(std::string_view(pickle.constData(), static_cast<std::size_t>(pickle.size())));
        VERIFY_ERROR(readStateDict(path()), part);
        VERIFY_ERROR(readStateDict(path()), "x.pth");
    }

    void everyTruncationIsRefused()
    {
        TensorFile small;
        small.tensors["a"] = numbered(DType::F32, {2, 3});
        writeStateDict(path(), small);
        for (const std::filesystem::path &whole : {path(), files::golden("python_kinds.pth")})
            files::forEveryTruncation(
                files::contentOf(whole), [&](const std::vector<std::byte> &bytes, std::size_t size) {
                    files::writeContent(path("cut.pth"), bytes);
                    const QString sentence = files::errorOf([&] { readStateDict(path("cut.pth")); });
                    QVERIFY2(sentence.contains("cut.pth"), qPrintable(QString("cut at byte %1").arg(size)));
                });
    }

    void everyTruncatedOrMutatedPickleIsHarmless()
    {
        for (const char *name : {"python_kinds.pth", "python_checkpoint.pth"}) {
            const InputFile file(files::golden(name));
            const ZipReader zip(file);
            const std::vector<std::byte> pickle = zip.read(std::filesystem::path(name).stem().string() + "/data.pkl");
            files::forEveryTruncation(pickle, [](const std::vector<std::byte> &bytes, std::size_t size) {
                QVERIFY2(!files::errorOf([&] { readPickle(bytes, "x"); }).isEmpty(), qPrintable(QString::number(size)));
            });
            int refused = 0;
            files::forEveryMutation(pickle, [&refused](const std::vector<std::byte> &bytes, std::size_t) {
                refused += !files::errorOf([&] { readPickle(bytes, "x"); }).isEmpty();
            });
            QVERIFY(refused > 1000);
        }
    }

    void noMutationDoesHarm()
    {
        TensorFile small;
        small.tensors["a"] = numbered(DType::F32, {2, 3});
        writeStateDict(path(), small);
        for (const std::filesystem::path &whole : {path(), files::golden("python_kinds.pth")}) {
            int refused = 0;
            files::forEveryMutation(files::contentOf(whole), [&](const std::vector<std::byte> &bytes, std::size_t) {
                files::writeContent(path("mutated.pth"), bytes);
                refused += !files::errorOf([&] { readStateDict(path("mutated.pth")); }).isEmpty();
            });
            QVERIFY(refused > 1000);
        }
    }

    void damagedWeightsDoNotPassTheirChecksum()
    {
        TensorFile small;
        small.tensors["a"] = numbered(DType::F32, {2, 3});
        writeStateDict(path(), small);
        std::vector<std::byte> bytes = files::contentOf(path());
        const std::vector<std::byte> &wanted = small.tensors.at("a").bytes;
        *std::search(bytes.begin(), bytes.end(), wanted.begin(), wanted.end()) ^= std::byte{4};
        files::writeContent(path(), bytes);
        VERIFY_ERROR(readStateDict(path()), "checksum");
    }

    void overLongFilesAreRefused()
    {
        std::vector<std::byte> bytes = files::contentOf(files::golden("python_state_dict.pth"));
        bytes.push_back(std::byte{0});
        files::writeContent(path(), bytes);
        VERIFY_ERROR(readStateDict(path()), "does not stand at its end");
    }

    void aFileThatCannotBeWrittenIsNamed()
    {
        VERIFY_ERROR(writeStateDict(path("none/x.pth"), everyType()), "does not exist");
        TensorFile wrong;
        wrong.tensors["a"] = StoredTensor{DType::F32, {3}, std::vector<std::byte>(8)};
        VERIFY_ERROR(writeStateDict(path("wrong.pth"), wrong), "\"a\"");
        QVERIFY(!std::filesystem::exists(path("wrong.pth")));
    }
};

QTEST_APPLESS_MAIN(StateDictTest)
#include "state_dict_test.moc"
