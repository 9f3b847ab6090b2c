#pragma once

#include "core/inspect/find_alike.h"
#include "ui/job.h"
#include "ui/panels/examined_panel.h"
#include "ui/panels/measured_of.h"

#include <QList>

#include <memory>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;
class QTreeWidget;

namespace samout {

class QuietLine;
class TokenView;
class Workspace;

/// Places in the data where channels of a head are held together as they are in the text to look at. Suggests the
/// channels that are held since the same token; a person may choose others. What was found stays until another search
/// or another run is shown, and says where it is of another network than the one that is looked at by now.
class AlikePanel : public ExaminedPanel {
    Q_OBJECT

public:
    explicit AlikePanel(Workspace *workspace, QWidget *parent = nullptr);

    void addWishes(Question &question) const override;
    void setExamination(std::shared_ptr<const Examination> examination) override;

    /// The stretch ends at this token of the text.
    void setEnd(int token);
    /// Searches for what is chosen; where the data was not read with these weights yet that comes first.
    void find();

    /// The token since which the channels are held, and the last one; -1 while nothing is chosen.
    int since() const;
    int end() const { return m_end; }
    /// Those in the field, of 0 to hidden - 1; empty where it cannot be read.
    std::vector<int> channels() const;
    const AlikeAnswer *answer() const { return m_answer.get(); }
    QComboBox *headChooser() { return m_heads; }
    QComboBox *sinceChooser() { return m_sinces; }
    QLineEdit *channelField() { return m_channels; }
    QTreeWidget *list() { return m_list; }
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

private:
    struct Search;

    void suggest();
    void suggestChannels();
    void showText();
    void takeCursor();
    void present(const Search &search);
    void showRemark();
    void takeTraining();
    void forget();
    void lookAt(int row);
    const Winners *winners() const;
    int headSize() const;

    Workspace *m_workspace;
    QComboBox *m_heads;
    QComboBox *m_sinces;
    QToolButton *m_find;
    TokenView *m_text;
    QLineEdit *m_channels;
    QLabel *m_summary;
    QuietLine *m_remark;
    QTreeWidget *m_list;
    int m_end = -1;
    qint64 m_indexed = 1'000'000;
    /// Of the last search, and what it was made of.
    std::shared_ptr<const ChangeIndex> m_index;
    std::optional<MeasuredOf> m_indexOf;
    std::shared_ptr<const Dataset> m_indexData;
    std::shared_ptr<const AlikeAnswer> m_answer;
    qint64 m_length = 0;
    KnownRun m_run;
    Job m_job; // last: it uses the above
};

} // namespace samout
