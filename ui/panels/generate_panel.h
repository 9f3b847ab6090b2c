#pragma once

#include "core/infer/generator.h"
#include "core/model/snapshot.h"

#include <QList>
#include <QString>
#include <QWidget>

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

/// Lets the network write: tokens stream in, coloured by how sure it was; a click on one shows what else it
/// thought of.
class GeneratePanel : public QWidget {
    Q_OBJECT

public:
    explicit GeneratePanel(Workspace *workspace, QWidget *parent = nullptr);

    QAction *generateAction() const { return m_generate; }
    QAction *stopAction() const { return m_stop; }
    SamplingForm *sampling() const { return m_form; }
    /// Begins a text with these weights; nullptr says that there are none yet.
    void begin(std::shared_ptr<const Snapshot> snapshot);
    bool running() const;
    /// The text so far, prompt included.
    QString text() const;
    TokenView *view() const { return m_view; }
    AlternativesChart *chart() const { return m_chart; }
    /// The line that says which weights write, or what went wrong.
    QString state() const;
    void setPrompt(const QString &prompt);
    Q_INVOKABLE void copyToClipboard() const;

signals:
    /// A person wants a text from the newest weights: begin() is the answer.
    void generateRequested();
    void finished(bool complete);

private:
    QWidget *newLegend();
    void takeDefaults();
    void addTokens(const QList<GeneratedToken> &tokens);
    void showAlternatives(int index);
    void showHover(int index);
    void end(const QString &state);
    QString pieceText(qint64 token) const;

    Workspace *m_workspace;
    Generation *m_generation;
    QAction *m_generate;
    QAction *m_stop;
    QLabel *m_state;
    QLineEdit *m_prompt;
    SamplingForm *m_form;
    TokenView *m_view;
    AlternativesChart *m_chart;
    QLabel *m_markLegend;
    std::shared_ptr<const Snapshot> m_snapshot;
    /// Prompt and what was written after it; the prompt's have no alternatives.
    QList<GeneratedToken> m_tokens;
    qint64 m_clearAt = -1;
    /// 0 where it is not known.
    qint64 m_trainedLength = 0;
    /// Tokens read since the state was empty.
    qint64 m_read = 0;
    bool m_promptTyped = false;
};

} // namespace samout
