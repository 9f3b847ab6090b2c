// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/passage_list.h"

#include "core/inspect/alike_search.h"
#include "ui/plots/color_map.h"
#include "ui/plots/plot_theme.h"

#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>

#include <algorithm>

namespace samout {

namespace {

/// Draws a passage with a coloured ground behind the stretch.
class PassageDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, QModelIndex());
        const PlotTheme theme = PlotTheme::of(*option.widget);
        const bool selected = option.state & QStyle::State_Selected;
        const QColor ground = blended(theme.background, categoryColor(5, theme.dark), 0.45);
        painter->save();
        painter->setClipRect(option.rect);
        int x = option.rect.left() + 4;
        const QFontMetrics metrics(option.font);
        for (const int role : {PassageList::BeforeRole, PassageList::StretchRole, PassageList::AfterRole}) {
            const QString text = index.data(role).toString();
            const QRect place(x, option.rect.top(), metrics.horizontalAdvance(text), option.rect.height());
            if (role == PassageList::StretchRole && !selected)
                painter->fillRect(place.adjusted(0, 1, 0, -1), ground);
            QFont font = option.font;
            font.setUnderline(role == PassageList::StretchRole); // not by colour alone
            painter->setFont(font);
            painter->setPen(selected ? option.palette.color(QPalette::HighlightedText) : theme.text);
            painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, text);
            x += place.width();
        }
        painter->restore();
    }
};

} // namespace

PassageList::PassageList(QWidget *parent) : QTreeWidget(parent)
{
    setColumnCount(Text + 1);
    setHeaderLabels({tr("Change"), tr("Score"), tr("As trained"), tr("Times"), tr("Passage")});
    headerItem()->setToolTip(Change, tr("The score as changed, minus as trained; the stretch is shown where the "
                                        "greater of both is."));
    headerItem()->setToolTip(Times, tr("How often the passage was in the data that was read."));
    setRootIsDecorated(false);
    setUniformRowHeights(true);
    setFrameShape(QFrame::NoFrame);
    setItemDelegateForColumn(Text, new PassageDelegate(this));
    header()->setStretchLastSection(true);
    for (const int column : {Change, Score, Trained, Times})
        header()->setSectionResizeMode(column, QHeaderView::ResizeToContents);
    setToolTip(tr("A double-click looks at the passage: it becomes the text at the bottom."));
    setFound(nullptr);
}

void PassageList::setFound(const AlikeSearch *search)
{
    m_rows.clear();
    clear();
    const bool bothSides = search && search->isDifference();
    setColumnHidden(Change, !bothSides);
    setColumnHidden(Trained, !bothSides);
    headerItem()->setText(Score, bothSides ? tr("As changed") : tr("Score"));
    if (!search)
        return;
    for (const AlikePlace &place : search->answer.best)
        addRow(*search, {.place = place, .score = place.score});
    for (const AlikePair &pair : search->difference.largest)
        addRow(
            *search,
            {.place = pair.change() > 0 ? pair.one : pair.other, .score = pair.one.score, .trained = pair.other.score});
}

void PassageList::addRow(const AlikeSearch &search, const Row &row)
{
    m_rows.push_back(row);
    auto *item = new QTreeWidgetItem(this);
    const double change = row.score - row.trained;
    item->setText(Change, (change > 0 ? QStringLiteral("+") : QString()) + QString::number(change, 'f', 3));
    item->setText(Score, QString::number(row.score, 'f', 3));
    item->setText(Trained, QString::number(row.trained, 'f', 3));
    const Passages &passages = search.passages();
    item->setText(
        Times, QLocale().toString(static_cast<qlonglong>(passages.times[static_cast<std::size_t>(row.place.passage)])));
    for (const int column : {Change, Score, Trained, Times})
        item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    QString parts[3];
    std::ranges::transform(search.textsOf(row.place), parts, QString::fromStdString);
    for (int i = 0; i < 3; ++i)
        item->setData(Text, BeforeRole + i, parts[i]);
    item->setData(Text, Qt::AccessibleTextRole, parts[0] + parts[1] + parts[2]);
}

} // namespace samout
