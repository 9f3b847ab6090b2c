// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/files/safetensors.h"
#include "tests/support/files.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <span>

namespace samout {

struct Outcome {
    int code = -1;
    QByteArray out;
    QByteArray err;

    QList<QJsonObject> objects() const
    {
        QList<QJsonObject> all;
        for (const QByteArray &line : out.split('\n'))
            if (!line.isEmpty())
                all.append(QJsonDocument::fromJson(line).object());
        return all;
    }
};

/// Runs `program`; a crash has code -1.
inline Outcome runProgram(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    if (!process.waitForFinished(300'000))
        qFatal("%s does not end", qPrintable(arguments.join(' ')));
    return {.code = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
            .out = process.readAllStandardOutput(),
            .err = process.readAllStandardError()};
}

inline Outcome samoutCli(const QStringList &arguments) { return runProgram(SAMOUT_BINARY, arguments); }

inline QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

inline void write(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

inline TensorFile golden(const QString &name)
{
    return readSafetensors(files::golden(name.toStdString() + ".safetensors"));
}

/// Writes the golden tensors under `prefix` as a model file, with the sizes if `withMetadata`.
inline void writeModel(const QString &path, const TensorFile &golden, const std::string &prefix, bool withMetadata)
{
    TensorFile model;
    for (const auto &[name, tensor] : golden.tensors)
        if (name.starts_with(prefix))
            model.tensors[name.substr(prefix.size())] = tensor;
    if (withMetadata)
        for (const char *key : {"vocab_size", "hidden_size", "num_heads", "num_layers", "padding_id"})
            model.metadata[key] = golden.metadata.at(key);
    writeSafetensors(path.toStdString(), model);
}

inline std::vector<std::vector<std::int64_t>> rowsOf(const StoredTensor &tokens)
{
    const std::vector<std::int64_t> all = tokens.integers();
    std::vector<std::vector<std::int64_t>> rows;
    for (auto row = all.begin(); row != all.end(); row += tokens.shape.at(1))
        rows.emplace_back(row, row + tokens.shape.at(1));
    return rows;
}

inline QString listed(std::span<const std::int64_t> tokens)
{
    QStringList words;
    for (const std::int64_t token : tokens)
        words << QString::number(token);
    return words.join(',');
}

inline QByteArray jsonl(const std::vector<std::vector<std::int64_t>> &rows)
{
    QByteArray text;
    for (const auto &row : rows)
        text += "[" + listed(row).toUtf8() + "]\n";
    return text;
}

/// The files that every test of the command line starts from.
class CliFixture : public QObject {
protected:
    CliFixture()
    {
        const TensorFile tiny = golden("tiny");
        writeModel(m_model, tiny, "weight.", true);
        write(m_rows, jsonl(rowsOf(tiny.tensors.at("tokens"))));
    }

    /// A path in the folder of the running test.
    QString at(const QString &name) const { return m_folder->filePath(name); }

    QTemporaryDir m_shared;
    std::unique_ptr<QTemporaryDir> m_folder;
    const QString m_model = m_shared.filePath("tiny.safetensors"); ///< the tiny golden weights, bare numbers 0 to 16
    const QString m_rows = m_shared.filePath("tiny.jsonl");        ///< its token rows
};

} // namespace samout
