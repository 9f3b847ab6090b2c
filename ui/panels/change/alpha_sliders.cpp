// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/change/alpha_sliders.h"

#include "ui/models/commands.h"
#include "ui/models/interventions_list.h"
#include "ui/models/workspace.h"
#include "ui/plots/number_text.h"
#include "ui/widgets/alpha_slider.h"
#include "ui/widgets/job_bar.h"

#include <QDoubleSpinBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

#include <cmath>
#include <utility>

namespace samout {

AlphaSliders::AlphaSliders(Workspace *workspace, InterventionsList *list, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_list(list), m_find(new QPushButton(tr("Find the curves"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_find->setToolTip(
        tr("Measures the held-out loss at %1 alphas from -0.5 to 1.5, layer by layer, with all else that "
           "is switched on. States that are set belong to the text alone and do not count.")
            .arg(curveAlphas().size()));
    auto *top = new QHBoxLayout;
    top->addWidget(new QLabel(tr("Alpha of each layer, on the held-out loss"), this), 1);
    top->addWidget(m_find);
    column->addLayout(top);
    column->addWidget(new JobBar(&m_job, tr("Held-out loss by alpha"), this));
    column->addStretch(1);
    setCommand(m_find, "alpha.measure");
    connect(m_find, &QPushButton::clicked, this, &AlphaSliders::findCurves);
    connect(&m_job, &Job::runningChanged, this, [this] { m_find->setEnabled(!m_job.running()); });
    connect(&m_job, &Job::failed, this, &AlphaSliders::failed);
    connect(workspace, &Workspace::snapshotChanged, this, &AlphaSliders::setNetwork);
    connect(list, &InterventionsList::changed, this, &AlphaSliders::refresh);
    setNetwork();
}

AlphaSliders::Row AlphaSliders::newRow(int layer)
{
    Row row{.slider = new AlphaSlider(m_sheet), .spin = new QDoubleSpinBox(m_sheet), .reset = new QToolButton(m_sheet)};
    const QString tip =
        tr("norm = LayerNorm(alpha * out + (1 - alpha) * x). Drag, or move with Left and Right; the dashed "
           "line is alpha as trained, the curve the held-out loss at every alpha, from its least to its "
           "largest on a logarithm.");
    row.slider->setToolTip(tip);
    row.slider->setAccessibleName(tr("Alpha of layer %1").arg(layer));
    row.spin->setRange(-10, 10);
    row.spin->setDecimals(3);
    row.spin->setSingleStep(0.05);
    row.spin->setKeyboardTracking(false);
    row.spin->setFocusPolicy(Qt::StrongFocus);
    row.spin->installEventFilter(this);
    row.spin->setAccessibleName(tr("Alpha of layer %1").arg(layer));
    row.reset->setText(tr("Reset"));
    row.reset->setAutoRaise(true);
    setCommand(row.reset, "intervention.remove");
    row.reset->setToolTip(tr("Alpha as it was trained."));
    const auto set = [this, layer](double alpha) { m_list->setAlpha(layer, static_cast<float>(alpha)); };
    connect(row.slider, &AlphaSlider::pressed, m_list, &InterventionsList::beginDrag);
    connect(row.slider, &AlphaSlider::released, m_list, &InterventionsList::endDrag);
    connect(row.slider, &AlphaSlider::moved, this, set);
    connect(row.slider, &AlphaSlider::hovered, this, [this, layer, slider = row.slider](double alpha) {
        if (std::isnan(alpha))
            return m_workspace->readout({});
        const double loss = slider->lossAt(alpha);
        emit m_workspace->readout(
            std::isnan(loss) ? tr("layer %1: alpha %2").arg(layer).arg(alpha, 0, 'f', 2)
                             : tr("layer %1: with alpha %2 the held-out loss is %3 nats a token")
                                   .arg(QString::number(layer), QString::number(alpha, 'f', 2), shortNumber(loss)));
    });
    connect(row.spin, &QDoubleSpinBox::valueChanged, this, set);
    connect(row.reset, &QToolButton::clicked, this, [this, layer] { m_list->setAlpha(layer, std::nullopt); });
    return row;
}

/// Lets the wheel scroll the page; it turns an alpha only if its field has the focus.
bool AlphaSliders::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel && !static_cast<QWidget *>(watched)->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void AlphaSliders::setNetwork()
{
    const auto &snapshot = m_workspace->snapshot();
    const int layers = snapshot ? static_cast<int>(snapshot->config().numLayers) : 0;
    if (layers != m_rows.size()) {
        delete m_sheet;
        m_rows.clear();
        m_sweeps.clear();
        m_sheet = new QWidget(this);
        static_cast<QVBoxLayout *>(layout())->insertWidget(2, m_sheet);
        auto *grid = new QGridLayout(m_sheet);
        grid->setContentsMargins(0, 0, 0, 0);
        grid->setHorizontalSpacing(8);
        grid->setVerticalSpacing(4);
        for (int layer = 0; layer < layers; ++layer) {
            const Row row = newRow(layer);
            grid->addWidget(new QLabel(QString::number(layer), m_sheet), layer, 0);
            grid->addWidget(row.slider, layer, 1);
            grid->addWidget(row.spin, layer, 2);
            grid->addWidget(row.reset, layer, 3);
            m_rows << row;
        }
        grid->setColumnStretch(1, 1);
    }
    m_find->setVisible(layers > 0);
    refresh();
}

void AlphaSliders::refresh()
{
    if (!m_workspace->snapshot())
        return;
    const std::vector<float> trained = m_workspace->snapshot()->alphas();
    if (std::ssize(trained) != m_rows.size())
        return; // the network has just changed, and setNetwork() is called next
    for (int layer = 0; layer < m_rows.size(); ++layer) {
        const Row &row = m_rows[layer];
        const float asTrained = trained[static_cast<std::size_t>(layer)];
        const std::optional<float> changed = m_list->alpha(layer);
        row.slider->setTrained(static_cast<double>(asTrained));
        row.slider->setValue(static_cast<double>(changed.value_or(asTrained)));
        const QSignalBlocker quiet(row.spin);
        row.spin->setValue(static_cast<double>(changed.value_or(asTrained)));
        row.reset->setEnabled(changed.has_value());
    }
    for (const AlphaSweep &sweep : m_sweeps)
        showCurve(sweep);
}

void AlphaSliders::findCurves()
{
    const auto &snapshot = m_workspace->snapshot();
    const TrainingFacts *training = m_workspace->training();
    if (!snapshot || !training || !training->data || training->data->heldOut().count == 0)
        return emit failed(tr("There is no held-out data to measure the loss on. Start a training or open a run whose "
                              "data holds some out."));
    m_swept = snapshot;
    m_sweptWith = m_workspace->interventions();
    m_sweeps.clear();
    m_job.run(
        [this, snapshot, data = training->data, with = m_sweptWith](const Job::Progress &progress,
                                                                    const std::stop_token &stop) {
            alphaCurves(
                snapshot, *data, with, alphaCurveTokens,
                [this, snapshot](AlphaSweep sweep) {
                    m_mailbox.post([this, sweep = std::move(sweep), snapshot] {
                        if (snapshot != m_swept)
                            return;
                        m_sweeps << sweep;
                        showCurve(sweep);
                    });
                },
                stop, progress);
        },
        [] {});
}

void AlphaSliders::showCurve(const AlphaSweep &sweep)
{
    if (sweep.layer >= m_rows.size())
        return;
    QVector<double> alphas(sweep.alphas.begin(), sweep.alphas.end());
    const bool fresh =
        m_swept == m_workspace->snapshot() &&
        besidesAlphaOf(m_sweptWith, sweep.layer) == besidesAlphaOf(m_workspace->interventions(), sweep.layer);
    m_rows[sweep.layer].slider->setCurve(alphas, QVector<double>(sweep.losses.begin(), sweep.losses.end()), fresh);
}

} // namespace samout
