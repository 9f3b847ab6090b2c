// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/panels/examined_panel.h"
#include "ui/panels/inside/alike_search.h"
#include "ui/panels/inside/passage_list.h"
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

/// Places in the data where channels of a head are held together as they are in the text to look at. Suggests the
/// channels that are held since the same token; a person may choose others. Where the difference is shown both networks
/// are searched for what is held as changed, and the list is of what they hold differently. What was found stays until
/// another search or another run is shown, and says where it is of another network than the one that is looked at by
/// now.
class AlikePanel : public ExaminedPanel {
    Q_OBJECT

public:
    explicit AlikePanel(Workspace *workspace, QWidget *parent = nullptr);

    void addWishes(Question &question) const override;
    void setExamination(std::shared_ptr<const Examination> examination) override;
    /// A sentence says that it cannot: of a channel that was set between two tokens that are kept it is not known
    /// where.
    bool showsThinned() const override { return true; }

    /// The stretch ends at this token of the text.
    void setEnd(int token);
    /// Searches for what is chosen; where the data was not read with these weights yet that comes first, where the
    /// difference is shown with the weights of either network.
    void find();

    /// The token since which the channels are held, and the last one; -1 while nothing is chosen.
    int since() const;
    int end() const { return m_end; }
    /// Those in the field, of 0 to hidden - 1; empty where it cannot be read.
    std::vector<int> channels() const;
    /// What is on screen is one of both; nullptr is the other.
    const AlikeAnswer *answer() const;
    const AlikeDifference *difference() const;
    QComboBox *headChooser() { return m_heads; }
    QComboBox *sinceChooser() { return m_sinces; }
    QLineEdit *channelField() { return m_channels; }
    PassageList *list() { return m_list; }
    Job *job() { return &m_job; }
    QString summary() const;
    /// How what was found differs from what is looked at.
    QString remark() const;
    QString table() const override;

    /// Tokens of the data that are read at most.
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
    void present(std::shared_ptr<const AlikeSearch> search);
    QString foundSentence() const;
    void showRemark();
    void takeTraining();
    void forget();
    void lookAt(int row);
    /// Of the layer that is shown; nullptr where there are none, or not of every token.
    const Winners *winners() const;
    /// Of every channel of the head the token since which it is held at the end of the stretch; -1: an edited state.
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
    /// The last search that ended; nullptr before.
    std::shared_ptr<const AlikeSearch> m_found;
    KnownRun m_run;
    Job m_job; // last: it uses the above
};

} // namespace samout
