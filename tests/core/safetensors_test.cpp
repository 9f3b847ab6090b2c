// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/safetensors.h"
#include "tests/support/files.h"

#include <QTemporaryDir>

#include <cmath>
#include <csignal>
#include <cstring>
#include <limits>

#include <sys/resource.h>
#include <sys/stat.h>

using namespace samout;

namespace {

std::vector<std::byte> bytesOf(const std::string &text)
{
    const auto *data = reinterpret_cast<const std::byte *>(text.data());
    return {data, data + text.size()};
}

/// A file with this header and `dataSize` bytes after it.
std::vector<std::byte> handMade(const std::string &header, std::size_t dataSize)
{
    const std::uint64_t length = header.size();
    std::string text(sizeof length, '\0');
    std::memcpy(text.data(), &length, sizeof length);
    return bytesOf(text + header + std::string(dataSize, 'x'));
}

StoredTensor ofBytes(DType type, std::vector<std::int64_t> shape)
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
        file.tensors[dtypeName(type) + " é"] = ofBytes(type, {3, 1});
    file.tensors["scalar"] = ofBytes(DType::F32, {});
    file.tensors["empty"] = ofBytes(DType::F32, {0, 4});
    file.metadata = {{"format", "pt"}, {"words", "\"词\n\\"}};
    return file;
}

void compareFiles(const TensorFile &actual, const TensorFile &expected)
{
    QCOMPARE(actual.metadata, expected.metadata);
    QCOMPARE(actual.tensors.size(), expected.tensors.size());
    for (const auto &[name, tensor] : expected.tensors) {
        const auto found = actual.tensors.find(name);
        QVERIFY2(found != actual.tensors.end(), name.c_str());
        QCOMPARE(found->second.type, tensor.type);
        QCOMPARE(found->second.shape, tensor.shape);
        QVERIFY2(found->second.bytes == tensor.bytes, name.c_str());
    }
}

/// Files in a folder, hidden ones too.
int filesIn(const std::filesystem::path &folder)
{
    return static_cast<int>(std::distance(std::filesystem::directory_iterator(folder), {}));
}

} // namespace

class SafetensorsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::filesystem::path path(const char *name = "x.safetensors") const
    {
        return m_folder.filePath(name).toStdString();
    }

private Q_SLOTS:
    void everythingComesBack()
    {
        writeSafetensors(path(), everyType());
        compareFiles(readSafetensors(path()), everyType());
        writeSafetensors(path(), {});
        compareFiles(readSafetensors(path()), {});
    }

    void tensorsAreAligned()
    {
        writeSafetensors(path(), everyType());
        const std::vector<std::byte> bytes = files::contentOf(path());
        std::uint64_t headerLength = 0;
        std::memcpy(&headerLength, bytes.data(), 8);
        QCOMPARE(headerLength % 8, 0u);
        // Tensors of the widest types come first, so that each begins at a multiple of its element's size.
        const StoredTensor widest = ofBytes(DType::F64, {3, 1});
        QVERIFY(std::equal(widest.bytes.begin(), widest.bytes.end(),
                           bytes.begin() + static_cast<std::ptrdiff_t>(8 + headerLength)));
    }

    void numbersAreConverted()
    {
        const auto half = [](std::uint16_t bits) {
            StoredTensor tensor{DType::F16, {}, std::vector<std::byte>(2)};
            std::memcpy(tensor.bytes.data(), &bits, 2);
            return tensor.floats().front();
        };
        QCOMPARE(half(0x3C00), 1.0f);
        QCOMPARE(half(0xC500), -5.0f);
        QCOMPARE(half(0x3555), 0.333251953125f);
        QCOMPARE(half(0x7BFF), 65504.0f);
        QCOMPARE(half(0x0001), 0x1p-24f);
        QCOMPARE(half(0x83FF), -0x1.ff8p-15f);
        QVERIFY(half(0x8000) == 0.0f && std::signbit(half(0x8000)));
        QVERIFY(half(0xFC00) == -std::numeric_limits<float>::infinity());
        QVERIFY(std::isnan(half(0x7E00)));

        StoredTensor brain{DType::BF16, {2}, bytesOf(std::string("\x80\x3F\x20\xC1", 4))};
        QCOMPARE(brain.floats(), (std::vector<float>{1.0f, -10.0f}));
        const double number = 0.1;
        StoredTensor wide{DType::F64, {}, std::vector<std::byte>(8)};
        std::memcpy(wide.bytes.data(), &number, 8);
        QCOMPARE(wide.floats().front(), 0.1f);

        const std::int64_t long64[] = {-1, std::int64_t{1} << 40};
        QCOMPARE(StoredTensor::ofIntegers({2}, long64).integers(), (std::vector<std::int64_t>{-1, long64[1]}));
        const StoredTensor small{DType::I32, {1}, bytesOf("\xFE\xFF\xFF\xFF")};
        QCOMPARE(small.integers(), std::vector<std::int64_t>{-2});
        const StoredTensor byte{DType::U8, {1}, bytesOf("\xFF")};
        QCOMPARE(byte.integers(), std::vector<std::int64_t>{255});

        VERIFY_ERROR(small.floats(), "I32");
        VERIFY_ERROR(brain.integers(), "BF16");
    }

    void pythonsFilesAreRead()
    {
        const TensorFile file = readSafetensors(files::golden("python.safetensors"));
        QVERIFY(file.metadata.empty());
        QCOMPARE(file.tensors.size(), std::size_t{22});
        // values(k, …) of make_fixtures.py, k = 0
        QCOMPARE(file.tensors.at("em.weight").shape, (std::vector<std::int64_t>{7, 6}));
        const std::vector<float> values = file.tensors.at("em.weight").floats();
        for (std::size_t i = 0; i < values.size(); ++i)
            QCOMPARE(values[i], (static_cast<float>(i * 7 % 64) - 32) / 32);

        const TensorFile told = readSafetensors(files::golden("python_metadata.safetensors"));
        QCOMPARE(told.metadata.at("num_heads"), std::string("2"));
        QVERIFY(told.tensors.at("em.weight").type == DType::F16);
        QCOMPARE(told.tensors.at("em.weight").floats(), values);
    }

    void everyTruncationIsRefused()
    {
        writeSafetensors(path(), everyType());
        files::forEveryTruncation(files::contentOf(path()), [&](const std::vector<std::byte> &bytes, std::size_t size) {
            files::writeContent(path("cut.safetensors"), bytes);
            const QString sentence = files::errorOf([&] { readSafetensors(path("cut.safetensors")); });
            QVERIFY2(sentence.contains("cut.safetensors"), qPrintable(QString("cut at byte %1").arg(size)));
        });
    }

    void noMutationDoesHarm()
    {
        writeSafetensors(path(), everyType());
        int refused = 0;
        files::forEveryMutation(files::contentOf(path()), [&](const std::vector<std::byte> &bytes, std::size_t) {
            files::writeContent(path("mutated.safetensors"), bytes);
            const QString sentence = files::errorOf([&] {
                for (const auto &[name, tensor] : readSafetensors(path("mutated.safetensors")).tensors)
                    if (tensor.bytes.size() != static_cast<std::size_t>(tensor.count()) * itemSize(tensor.type))
                        qFatal("a tensor's bytes do not fit its shape");
            });
            refused += !sentence.isEmpty();
            QVERIFY(sentence.isEmpty() || sentence.contains("mutated.safetensors"));
        });
        QVERIFY(refused > 1000);
    }

    void hostileHeadersAreRefused_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("dataSize");
        QTest::addColumn<QByteArray>("part");
        const auto row = [](const char *name, const char *header, int dataSize, const char *part) {
            QTest::newRow(name) << QByteArray(header) << dataSize << QByteArray(part);
        };
        row("bytes left over", R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 9, "too long");
        row("bytes missing", R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}})", 7, "cut short");
        row("terabytes", R"({"a":{"dtype":"F32","shape":[1000000000000],"data_offsets":[0,4000000000000]}})", 8,
            "cut short");
        row("shape overflows", R"({"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}})", 0,
            "more than any file");
        row("size overflows", R"({"a":{"dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,0]}})", 0,
            "more than any file");
        row("shape and bytes", R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})", 8, "take 12 bytes");
        row("ends before it begins", R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", 8,
            "from byte 8 to 0");
        row("overlap",
            R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
            12, "should begin at 8");
        row("gap",
            R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[3,5]}})",
            5, "should begin at 2");
        row("the same bytes twice",
            R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[0,2]},"b":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}})",
            2, "should begin at 2");
        row("unknown type", R"({"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}})", 2, "F8_E4M3");
        row("type no text", R"({"a":{"dtype":32,"shape":[2],"data_offsets":[0,2]}})", 2, "\"a\"");
        row("negative size", R"({"a":{"dtype":"U8","shape":[-2],"data_offsets":[0,2]}})", 2, "-2");
        row("fraction", R"({"a":{"dtype":"U8","shape":[2.0],"data_offsets":[0,2]}})", 2, "2.0");
        row("no shape", R"({"a":{"dtype":"U8","data_offsets":[0,2]}})", 2, "shape");
        row("shape no list", R"({"a":{"dtype":"U8","shape":2,"data_offsets":[0,2]}})", 2, "list of sizes");
        row("one offset", R"({"a":{"dtype":"U8","shape":[2],"data_offsets":[2]}})", 2, "data_offsets");
        row("tensor no object", R"({"a":7})", 0, "\"a\"");
        row("name twice",
            R"({"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}})",
            2, "twice");
        row("metadata no texts", R"({"__metadata__":{"step":3}})", 0, "step");
        row("metadata no object", R"({"__metadata__":"pt"})", 0, "metadata");
        row("a list", "[]", 0, "begin with");
        row("no JSON", "{\"a\":", 0, "JSON");
        row("more than JSON", "{} x", 0, "JSON");
        row("no UTF-8", "{\"\xFF\":1}", 0, "JSON");
        row("empty header", "", 0, "begin with");
        QTest::newRow("deep") << QByteArray("{\"a\":" + QByteArray(100000, '[')) << 0 << QByteArray("deeper");
        QTest::newRow("many dimensions") << QByteArray("{\"a\":{\"shape\":[" + QByteArray("1,").repeated(100) + "1]}}")
                                         << 0 << QByteArray("more than");
    }
    void hostileHeadersAreRefused()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, dataSize);
        QFETCH(QByteArray, part);
        files::writeContent(path(), handMade(header.toStdString(), static_cast<std::size_t>(dataSize)));
        VERIFY_ERROR(readSafetensors(path()), part);
        VERIFY_ERROR(readSafetensors(path()), "x.safetensors");
    }

    void headersLongerThanTheFileAreRefused()
    {
        for (const std::uint64_t length :
             {std::uint64_t{3}, std::uint64_t{100'000'001}, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
            std::vector<std::byte> bytes = handMade("{}", 0);
            std::memcpy(bytes.data(), &length, 8);
            files::writeContent(path(), bytes);
            VERIFY_ERROR(readSafetensors(path()), std::to_string(length).c_str());
        }
    }

    void headersOverAHundredMegabytesAreRefused()
    {
        const std::uint64_t length = 100'000'001;
        std::vector<std::byte> bytes = handMade("{}", 0);
        std::memcpy(bytes.data(), &length, 8);
        files::writeContent(path(), bytes);
        std::filesystem::resize_file(path(), 8 + length); // a hole, which takes no room
        VERIFY_ERROR(readSafetensors(path()), "promises a header of 100000001 bytes");
    }

    void whatIsNoFileIsRefused()
    {
        VERIFY_ERROR(readSafetensors(path("none.safetensors")), "There is no file");
        VERIFY_ERROR(readSafetensors(m_folder.path().toStdString()), "is a folder");
        VERIFY_ERROR(readSafetensors("/dev/null"), "not a regular file");
        files::writeContent(path(), {});
        VERIFY_ERROR(readSafetensors(path()), "is empty");
    }

    void onlyWhatCanBeReadIsWritten()
    {
        files::writeContent(path(), bytesOf("old"));
        TensorFile file;
        file.tensors["a"] = StoredTensor{DType::F32, {3}, std::vector<std::byte>(8)};
        VERIFY_ERROR(writeSafetensors(path(), file), "\"a\"");
        file.tensors = {{"__metadata__", ofBytes(DType::F32, {1})}};
        VERIFY_ERROR(writeSafetensors(path(), file), "__metadata__");
        file.tensors = {{"\xFF", ofBytes(DType::F32, {1})}};
        VERIFY_ERROR(writeSafetensors(path(), file), "UTF-8");
        QCOMPARE(files::contentOf(path()), bytesOf("old"));
    }

    void badPlacesAreNamed()
    {
        files::writeContent(path("file"), bytesOf("old"));
        const std::vector<std::byte> bytes = bytesOf("new");
        VERIFY_ERROR(writeFileWhole(path("none/x"), bytes), "does not exist");
        VERIFY_ERROR(writeFileWhole(path("file/x"), bytes), "is not a folder");
        VERIFY_ERROR(writeFileWhole(m_folder.path().toStdString(), bytes), "it is a folder");
        QCOMPARE(::mkfifo(path("pipe").c_str(), 0666), 0);
        VERIFY_ERROR(writeFileWhole(path("pipe"), bytes), "not a regular file");
        VERIFY_ERROR(writeFileWhole("", bytes), "not the name of a file");
        VERIFY_ERROR(writeFileWhole(path() / std::string(300, 'x'), bytes), "Cannot write");
        QCOMPARE(files::contentOf(path("file")), bytesOf("old"));
    }

    void aWrittenFileReplacesTheOldOne()
    {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("x").toStdString();
        writeFileWhole(file, bytesOf("old"));
        writeFileWhole(file, bytesOf("newer"));
        QCOMPARE(files::contentOf(file), bytesOf("newer"));
        QCOMPARE(filesIn(folder.path().toStdString()), 1);
        struct stat status {};
        QCOMPARE(::stat(file.c_str(), &status), 0);
        const mode_t mask = ::umask(0);
        ::umask(mask);
        QCOMPARE(status.st_mode & 0777, 0666 & ~mask);
    }

    void aWriteThatFailsHalfwayLeavesTheOldFile()
    {
        QTemporaryDir folder;
        const std::filesystem::path file = folder.filePath("x").toStdString();
        writeFileWhole(file, bytesOf("old"));

        rlimit before{};
        QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
        const rlimit small{20'000, before.rlim_max};
        std::signal(SIGXFSZ, SIG_IGN);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const QString sentence = files::errorOf([&] { writeFileWhole(file, std::vector<std::byte>(100'000)); });
        ::setrlimit(RLIMIT_FSIZE, &before);

        QVERIFY2(sentence.contains(QString::fromStdString(file.string())), qPrintable(sentence));
        QCOMPARE(files::contentOf(file), bytesOf("old"));
        QCOMPARE(filesIn(folder.path().toStdString()), 1);
    }

    void aFullDiskIsSaid()
    {
        files::SmallDisk disk(m_folder.filePath("disk"));
        if (!disk.isMounted())
            QSKIP("only root can mount a small disk");
        const std::filesystem::path file = disk.path() / "x.safetensors";
        TensorFile small;
        small.tensors["a"] = ofBytes(DType::F32, {2});
        writeSafetensors(file, small);
        TensorFile large;
        large.tensors["a"] = ofBytes(DType::F32, {50'000});
        VERIFY_ERROR(writeSafetensors(file, large), "the disk is full");
        VERIFY_ERROR(writeSafetensors(disk.path() / "y.safetensors", large), "y.safetensors");
        compareFiles(readSafetensors(file), small);
        QCOMPARE(filesIn(disk.path()), 1);
    }

    void aReadOnlyFolderIsSaid()
    {
        files::SmallDisk disk(m_folder.filePath("closed"));
        if (disk.isMounted() ? !disk.makeReadOnly() : ::geteuid() == 0)
            QSKIP("no folder can be made read-only for root here");
        if (!disk.isMounted())
            ::chmod(disk.path().c_str(), 0555);
        VERIFY_ERROR(writeFileWhole(disk.path() / "x", bytesOf("new")), "is read-only");
        if (!disk.isMounted())
            ::chmod(disk.path().c_str(), 0755);
    }
};

QTEST_APPLESS_MAIN(SafetensorsTest)
#include "safetensors_test.moc"
