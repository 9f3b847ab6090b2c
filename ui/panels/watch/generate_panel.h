// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/infer/generator.h"
#include "core/model/snapshot.h"
#include "ui/panels/panel.h"

#include <QList>
#include <QString>

#include <memory>
#include <optional>

class QAction;
class QLabel;
class QLineEdit;

namespace samout {

class AlternativesChart;
class Generation;
class SamplingForm;
class TokenView;
class Workspace;

/// Lets the network write: tokens stream in, coloured by how sure the network was. A click on a token shows the
/// alternatives that the network considered.
class GeneratePanel : public Panel {
    Q_OBJECT

public:
    explicit GeneratePanel(Workspace *workspace, QWidget *parent = nullptr);

    void connectTo(const PanelContext &context) override;
    /// The written tokens with their probabilities.
    QString table() const override;
    bool busy() const override { return m_waiting || running(); }
    void tryOut() override;

    QAction *generateAction() const { return m_generate; }
    QAction *stopAction() const { return m_stop; }
    SamplingForm *sampling() const { return m_form; }
    /// Starts a text with these weights; with nullptr the panel says that there are none yet.
    void begin(std::shared_ptr<const Snapshot> snapshot);
    bool running() const;
    /// The text so far, prompt included.
    QString text() const;
    /// The text of the network to look at; with interventions, as changed.
    TokenView *view() const { return m_written.view; }
    /// With interventions: the text of the network as trained, from the same seed. Hidden without.
    TokenView *trainedView() const { return m_trained.view; }
    /// With interventions: the first token at which the two texts differ; -1 if they do not, so far.
    int firstDifference() const;
    /// The line that says where the texts differ.
    QString comparison() const;
    AlternativesChart *chart() const { return m_chart; }
    /// The line that says which weights write, or what went wrong.
    QString status() const;
    void setPrompt(const QString &prompt);

signals:
    void finished(bool complete);

protected:
    QString clipboardText() const override { return text(); }

private:
    /// One text that is being written.
    struct Writing {
        Generation *generation = nullptr;
        TokenView *view = nullptr;
        QLabel *title = nullptr;
        /// The prompt's tokens, which have no alternatives, then the written tokens.
        QList<GeneratedToken> tokens = {};
        /// Tokens read since the state was empty.
        qint64 read = 0;
        bool running = false;
    };

    QWidget *newLegend();
    QWidget *newTexts();
    Writing newWriting(const QString &title);
    void connectWriting(Writing &writing);
    void takeDefaults();
    void beginWriting(Writing &writing, const std::vector<std::int64_t> &prompt, const GenerationOptions &options);
    void addTokens(Writing &writing, const QList<GeneratedToken> &tokens);
    void showAlternatives(Writing &writing, int index);
    void showHover(const Writing &writing, int index);
    void findDifference();
    void ended(Writing &writing, bool complete, const QString &error);
    void end(const QString &state);
    /// Ends before anything is written.
    void fail(const QString &why);
    QString pieceText(qint64 token) const;

    Workspace *m_workspace;
    QAction *m_generate;
    QAction *m_stop;
    QLabel *m_state;
    QLineEdit *m_prompt;
    SamplingForm *m_form;
    Writing m_trained, m_written;
    AlternativesChart *m_chart;
    QLabel *m_markLegend;
    std::shared_ptr<const Snapshot> m_snapshot;
    /// Whether both texts are written, and how the texts ended so far: all complete, and the first error.
    bool m_both = false;
    bool m_complete = true;
    QString m_error;
    qint64 m_clearAt = -1;
    /// The length of the training's sequences in tokens; 0 if not known.
    qint64 m_trainedLength = 0;
    bool m_promptTyped = false;
    /// The newest weights were requested and have not come.
    bool m_waiting = false;
};

} // namespace samout
