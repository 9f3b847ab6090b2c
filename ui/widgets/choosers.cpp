// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/choosers.h"

#include "core/data/dataset.h"
#include "ui/models/training_setup.h"
#include "ui/work/translated.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QLocale>
#include <QSignalBlocker>

namespace samout {

namespace {

/// The translation context of this file's sentences.
struct Choosers {
    Q_DECLARE_TR_FUNCTIONS(samout::Choosers)
};

/// The data of entries that ask for a file, instead of a source.
const QString askText = QStringLiteral("?txt");
const QString askTokens = QStringLiteral("?jsonl");

QComboBox *newChooser(QWidget *parent, const QString &name, const QString &tip)
{
    auto *box = new QComboBox(parent);
    box->setAccessibleName(name);
    box->setToolTip(tip);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(11);
    box->view()->setTextElideMode(Qt::ElideRight);
    return box;
}

void addItem(QComboBox *box, const QString &text, const QString &value, const QString &tip)
{
    box->addItem(text, value);
    box->setItemData(box->count() - 1, tip, Qt::ToolTipRole);
}

/// Selects the entry of a value, and makes the list as wide as its longest entry.
void select(QComboBox *box, const QString &value)
{
    box->setCurrentIndex(box->findData(value));
    int width = 0;
    for (int i = 0; i < box->count(); ++i)
        width = std::max(width, box->fontMetrics().horizontalAdvance(box->itemText(i)));
    box->view()->setMinimumWidth(width + 48);
}

void askForFile(TrainingSetup *setup, QWidget *parent, bool tokens)
{
    auto *dialog = new QFileDialog(parent->window(), tokens ? Choosers::tr("Choose a file of token numbers")
                                                            : Choosers::tr("Choose a text file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tokens ? Choosers::tr("Token numbers, one array a line (*.jsonl)")
                                 : Choosers::tr("UTF-8 text (*.txt)"));
    QObject::connect(dialog, &QFileDialog::fileSelected, setup, &TrainingSetup::setSource);
    dialog->open();
}

void fillData(QComboBox *box, TrainingSetup *setup)
{
    const QSignalBlocker blocker(box);
    box->clear();
    for (const DataKind &kind : dataKinds())
        addItem(box, QString::fromStdString(kind.name), QString::fromStdString(kind.name), translated(kind.teaches));
    box->insertSeparator(box->count());
    for (const QString &file : setup->files())
        addItem(box, QFileInfo(file).fileName(), file, file);
    addItem(box, Choosers::tr("Text file…"), askText, Choosers::tr("Any UTF-8 text; its characters are the tokens."));
    addItem(box, Choosers::tr("Token file (.jsonl)…"), askTokens,
            Choosers::tr("One JSON array of token numbers a line."));
    select(box, setup->source());
}

QString deviceName(const Device &device)
{
    const QString name = QString::fromStdString(device.name);
    return device.id == "cpu" ? Choosers::tr("Processor") : name;
}

QString deviceTip(const Device &device)
{
    return Choosers::tr("%1, %2 memory (%3)")
        .arg(QString::fromStdString(device.name), QLocale().formattedDataSize(device.memory),
             QString::fromStdString(device.id));
}

void fillDevices(QComboBox *box, TrainingSetup *setup)
{
    const QSignalBlocker blocker(box);
    box->clear();
    addItem(box, Choosers::tr("Automatic"), QStringLiteral("auto"), Choosers::tr("The first GPU, else the processor."));
    for (const Device &device : setup->devices())
        addItem(box, deviceName(device), QString::fromStdString(device.id), deviceTip(device));
    if (box->findData(setup->device()) < 0)
        addItem(box, setup->device(), setup->device(), setup->device());
    select(box, setup->device());
}

void fillPresets(QComboBox *box, TrainingSetup *setup)
{
    const QSignalBlocker blocker(box);
    box->clear();
    addItem(box, Choosers::tr("Article"), QStringLiteral("article"),
            Choosers::tr(
                "The published experiment: 6.3 million parameters learn 100 random sequences by heart in ten steps."));
    addItem(box, Choosers::tr("Classroom"), QStringLiteral("classroom"),
            Choosers::tr("Small and quick: writes readable sentences within 200 steps."));
    if (setup->preset().isEmpty())
        addItem(box, Choosers::tr("Own settings"), QString(),
                Choosers::tr("Settings of your own; choose a preset to go back to its settings."));
    select(box, setup->preset());
}

} // namespace

QComboBox *newPresetChooser(TrainingSetup *setup, QWidget *parent)
{
    QComboBox *box =
        newChooser(parent, Choosers::tr("Preset"), Choosers::tr("A complete set of settings to begin from."));
    const auto fill = [box, setup] { fillPresets(box, setup); };
    QObject::connect(setup, &TrainingSetup::changed, box, fill);
    QObject::connect(box, &QComboBox::activated, setup, [box, setup](int index) {
        const QString preset = box->itemData(index).toString();
        if (!preset.isEmpty())
            setup->choosePreset(preset);
    });
    fill();
    return box;
}

QComboBox *newDataChooser(TrainingSetup *setup, QWidget *parent)
{
    QComboBox *box = newChooser(
        parent, Choosers::tr("Data"),
        Choosers::tr(
            "What the network learns from: random sequences, a task, sentences of a grammar, or a file of yours."));
    const auto fill = [box, setup] { fillData(box, setup); };
    QObject::connect(setup, &TrainingSetup::changed, box, fill);
    QObject::connect(box, &QComboBox::activated, setup, [box, setup, fill](int index) {
        const QString source = box->itemData(index).toString();
        if (source != askText && source != askTokens)
            return setup->setSource(source);
        askForFile(setup, box, source == askTokens);
        fill();
    });
    fill();
    return box;
}

QComboBox *newDeviceChooser(TrainingSetup *setup, QWidget *parent)
{
    QComboBox *box = newChooser(parent, Choosers::tr("Device"), Choosers::tr("Where the training computes."));
    const auto fill = [box, setup] { fillDevices(box, setup); };
    QObject::connect(setup, &TrainingSetup::changed, box, fill);
    QObject::connect(setup, &TrainingSetup::devicesChanged, box, fill);
    QObject::connect(box, &QComboBox::activated, setup,
                     [box, setup](int index) { setup->setDevice(box->itemData(index).toString()); });
    fill();
    return box;
}

} // namespace samout
