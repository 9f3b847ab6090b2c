#include "ui/models/interventions_file.h"

#include "core/base/error.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

#include <cmath>
#include <limits>

namespace samout {

namespace {

struct File {
    Q_DECLARE_TR_FUNCTIONS(samout::InterventionsFile)
};

/// A value is held over so many further positions at most: a file cannot ask for more than a text has.
constexpr int longestHold = 10'000;

[[noreturn]] void refuse(const QString &sentence) { throw Error(sentence.toStdString()); }

/// JSON has no infinities.
QJsonValue number(float value)
{
    if (std::isinf(value))
        return value > 0 ? QStringLiteral("inf") : QStringLiteral("-inf");
    return static_cast<double>(value);
}

QJsonObject objectOf(const Interventions &change, bool on)
{
    QJsonObject object{{QStringLiteral("on"), on}};
    const auto put = [&](const char *key, const QJsonValue &value) { object.insert(QString::fromLatin1(key), value); };
    const auto kind = [&](const char *name, int layer) {
        put("kind", QString::fromLatin1(name));
        put("layer", layer);
    };
    if (!change.silencedHeads.empty()) {
        kind("head", change.silencedHeads.front().layer);
        put("head", change.silencedHeads.front().head);
    } else if (!change.silencedMixers.empty()) {
        kind("mixer", change.silencedMixers.front());
    } else if (!change.silencedFeedForwards.empty()) {
        kind("feed-forward", change.silencedFeedForwards.front());
    } else if (!change.alphas.empty()) {
        kind("alpha", change.alphas.front().layer);
        put("value", number(change.alphas.front().value));
    } else if (!change.states.empty()) {
        const Interventions::States &edit = change.states.front();
        kind("states", edit.layer);
        put("position", static_cast<qint64>(edit.position));
        if (change.states.size() > 1)
            put("last", static_cast<qint64>(change.states.back().position));
        put("channel", edit.channel);
        QJsonArray values;
        for (const float value : edit.values)
            values.append(number(value));
        put("values", values);
    }
    return object;
}

/// Reads one entry and says what of it cannot be.
class Entry {
public:
    Entry(const QJsonValue &value, int index) : m_object(value.toObject()), m_index(index)
    {
        if (!value.isObject())
            problem(File::tr("it should be an object in braces"));
    }

    Interventions change() const
    {
        const QString kind = m_object.value(QStringLiteral("kind")).toString();
        if (kind == QLatin1String("head"))
            return {.silencedHeads = {{.layer = whole("layer"), .head = whole("head")}}};
        if (kind == QLatin1String("mixer"))
            return {.silencedMixers = {whole("layer")}};
        if (kind == QLatin1String("feed-forward"))
            return {.silencedFeedForwards = {whole("layer")}};
        if (kind == QLatin1String("alpha"))
            return {.alphas = {{.layer = whole("layer"), .value = real(m_object.value(QStringLiteral("value")))}}};
        if (kind != QLatin1String("states"))
            problem(File::tr("its kind is \"%1\"; it should be head, mixer, feed-forward, alpha or states").arg(kind));
        Interventions::States edit{
            .layer = whole("layer"), .position = whole("position"), .channel = whole("channel"), .values = {}};
        const QJsonArray values = m_object.value(QStringLiteral("values")).toArray();
        if (values.isEmpty())
            problem(File::tr("it has no values; it should have at least one"));
        for (const QJsonValue &value : values)
            edit.values.push_back(real(value));
        Interventions change{.states = {edit}};
        if (!m_object.contains(QLatin1String("last")))
            return change;
        const int last = whole("last");
        if (last < edit.position || last - edit.position > longestHold || edit.values.size() > 1)
            problem(File::tr("its last should be a position from its own on, at most %L1 further, and it should have "
                             "one value then")
                        .arg(longestHold));
        while (edit.position < last) {
            ++edit.position;
            change.states.push_back(edit);
        }
        return change;
    }
    bool on() const { return m_object.value(QStringLiteral("on")).toBool(true); }

private:
    [[noreturn]] void problem(const QString &what) const
    {
        refuse(File::tr("Intervention %1 of the file cannot be read: %2.").arg(m_index + 1).arg(what));
    }
    int whole(const char *key) const
    {
        const QJsonValue value = m_object.value(QLatin1String(key));
        const int result = value.toInt(-1);
        if (result < 0)
            problem(File::tr("its %1 should be a whole number from 0 on").arg(QLatin1String(key)));
        return result;
    }
    float real(const QJsonValue &value) const
    {
        if (value.isDouble())
            return static_cast<float>(value.toDouble());
        if (value.toString() == QLatin1String("inf"))
            return std::numeric_limits<float>::infinity();
        if (value.toString() == QLatin1String("-inf"))
            return -std::numeric_limits<float>::infinity();
        problem(File::tr("a value of it is not a number"));
    }

    QJsonObject m_object;
    int m_index;
};

} // namespace

void writeInterventions(const QString &path, const InterventionsFile &file)
{
    QJsonArray changes;
    for (const auto &[change, on] : file.changes)
        changes.append(objectOf(change, on));
    const QJsonObject object{{QStringLiteral("snapshot"), file.snapshot},
                             {QStringLiteral("step"), file.step},
                             {QStringLiteral("interventions"), changes}};
    QSaveFile out(path);
    const QByteArray text = QJsonDocument(object).toJson();
    if (!out.open(QIODevice::WriteOnly) || out.write(text) != text.size() || !out.commit())
        refuse(File::tr("The interventions cannot be written to %1: %2.").arg(path, out.errorString()));
}

InterventionsFile readInterventions(const QString &path)
{
    QFile in(path);
    if (!in.open(QIODevice::ReadOnly))
        refuse(File::tr("The interventions in %1 cannot be read: %2.").arg(path, in.errorString()));
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(in.readAll(), &error);
    const QJsonValue changes = document.object().value(QStringLiteral("interventions"));
    if (error.error != QJsonParseError::NoError)
        refuse(File::tr("%1 is not JSON: %2 at byte %3.").arg(path, error.errorString()).arg(error.offset));
    if (!changes.isArray())
        refuse(File::tr("%1 holds no interventions; it should be a file that the What if panel saved.").arg(path));
    InterventionsFile file;
    file.snapshot = document.object().value(QStringLiteral("snapshot")).toString();
    file.step = document.object().value(QStringLiteral("step")).toInteger();
    const QJsonArray entries = changes.toArray();
    for (int i = 0; i < entries.size(); ++i) {
        const Entry entry(entries[i], i);
        file.changes.append({entry.change(), entry.on()});
    }
    return file;
}

} // namespace samout
