// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/alike_search.h"
#include "ui/panels/examined_panel.h"
#include "ui/panels/inside/passage_list.h"
#include "ui/panels/measured_of.h"
#include "ui/work/job.h"

#include <memory>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace samout {

class QuietLine;
class TokenView;
class Workspace;

/// Finds passages in the data where the selected channels of a head are held together, as in the text to look at.
/// Suggests the channels that are held since the same token; the person may choose others. With a difference shown,
/// compares the two networks: the list has the passages in which they hold the channels differently. A list stays until
/// another search ends or another run is shown; a remark says if it comes from another network than the one shown now.
class AlikePanel : public ExaminedPanel {
    Q_OBJECT

public:
    explicit AlikePanel(Workspace *workspace, QWidget *parent = nullptr);

    void ask(Question &question) const override;
    bool busy() const override { return m_job.running(); }
    void tryOut() override { find(); }
    void setExamination(std::shared_ptr<const Examination> examination) override;
    /// For a thinned text the panel shows a sentence: the position at which a channel was set between two kept tokens
    /// is not known.
    bool showsThinned() const override { return true; }

    /// Sets the last token of the stretch.
    void setEnd(int token);
    /// Searches for the selected channels. First reads the data with every network that has not read it yet: one
    /// network, or two for the difference.
    void find();

    /// The first token of the stretch, since which the channels are held, and its last token; -1 while nothing is
    /// chosen.
    int since() const;
    int end() const { return m_end; }
    /// The channels in the field, 0 to hidden - 1; empty if the field cannot be read.
    std::vector<int> channels() const;
    /// The result on screen: one of the two; the other is nullptr.
    const AlikeAnswer *answer() const;
    const AlikeDifference *difference() const;
    QComboBox *headChooser() { return m_heads; }
    QComboBox *sinceChooser() { return m_sinces; }
    QLineEdit *channelField() { return m_channels; }
    PassageList *list() { return m_list; }
    Job *job() { return &m_job; }
    QString summary() const;
    /// How the network that was searched differs from the one shown now.
    QString remark() const;
    QString table() const override;

    /// The most tokens of the data to read.
    void setIndexedTokens(qint64 tokens) { m_indexed = tokens; }

signals:
    /// A new list is on screen.
    void found();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    bool showsDifference() const override { return true; }

private:
    void suggest();
    void suggestChannels();
    void showText();
    void takeCursor();
    void present(std::shared_ptr<const AlikeSearch> search, const QString &name);
    QString foundSentence() const;
    void showRemark();
    void takeTraining();
    void forget();
    void lookAt(int row);
    /// The winners of the layer that is shown; nullptr if there are none, or if the text is thinned.
    const Winners *winners() const;
    /// For every channel of the head, the token since which the state at the end of the stretch is held; -1: an edited
    /// state.
    std::vector<int> heldSince(const Winners &held) const;
    int headSize() const;

    Workspace *m_workspace;
    QComboBox *m_heads;
    QComboBox *m_sinces;
    QToolButton *m_find;
    TokenView *m_text;
    QLineEdit *m_channels;
    QLabel *m_summary;
    QuietLine *m_remark;
    PassageList *m_list;
    int m_end = -1;
    qint64 m_indexed = 1'000'000;
    /// The last search that ended; nullptr before the first.
    std::shared_ptr<const AlikeSearch> m_found;
    MeasuredOf m_foundOf;
    KnownRun m_run;
    Job m_job; // last: its work uses the members above
};

} // namespace samout
