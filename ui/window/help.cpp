// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/help.h"

#include <QCoreApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QHash>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace samout {

namespace {

struct Help {
    Q_DECLARE_TR_FUNCTIONS(samout::Help)
};

QString trainPage()
{
    return Help::tr("<h2>Train</h2>"
                    "<p>Choose a <b>preset</b> and press <b>Start</b>. Classroom is small and quick: within 200 steps "
                    "it writes readable "
                    "sentences. Article is the published experiment: 6,302,982 parameters learn 100 random sequences "
                    "by heart in ten steps.</p>"
                    "<p><b>Data</b> is what the network learns from. The tasks show what a running maximum finds easy "
                    "(the largest so far, the "
                    "first token) and what it cannot do (counting a run: a repeated token changes no maximum).</p>"
                    "<p>The numbers of the last step: the <b>loss</b> is the mean of -ln p(next token) in nats, before "
                    "the step's update; the "
                    "<b>held-out loss</b> the same over sequences that training never sees. A held-out loss that rises "
                    "while the loss falls "
                    "means learning by heart.</p>"
                    "<p>A loss or gradient that is not finite pauses the training before the update, unless its "
                    "breakpoint is switched off; a message names "
                    "the step and the layer, "
                    "and the last good weights stay.</p>");
}

QString editsPage()
{
    return Help::tr(
        "<h2>Change</h2>"
        "<p>Changes the network while it trains, between two steps. <b>Freeze</b>: the weights and the Adam "
        "moments of a layer or a head stay to the bit, the rest goes on learning. Setting gradients to 0 "
        "would not do: the moments would still move the weights.</p>"
        "<p>A <b>head</b> owns its rows in the four blocks of the layer's combined.weight. <b>Zero</b> makes "
        "them 0, and it stays so: (base * state + shift) * state has no slope where all three are 0. "
        "<b>Re-initialise</b> draws new weights as at the beginning.</p>"
        "<p><b>Hold</b> sets a layer's alpha and keeps it; <b>Release</b> lets it be learnt again.</p>"
        "<p>Every change is written to the run with its step and marked on the timeline. A run that goes on, "
        "or that is replayed, makes the same changes at the same steps, to the same bits.</p>");
}

QString breakpointsPage()
{
    return Help::tr(
        "<h2>Breakpoints</h2>"
        "<p>The training pauses where one of these conditions comes true, and the window goes there: to the "
        "newest step, and to the layer if it names one. Press Go on (Space) to train further. A condition "
        "that stays true does not pause again.</p>"
        "<p>The box switches a breakpoint on and off, a double-click on its value edits it. Breakpoints "
        "are no part of a run, and where they were met is marked on the timeline. They change no number of the "
        "training, but for the first:</p>"
        "<p><b>Loss or gradient not finite</b>: such a step is never made. Switched off, the training does not pause "
        "there but passes the step over: the weights stay as they are, the loss has a gap, and the next step "
        "takes the next data.</p>"
        "<p><b>States change more rarely than k/(t+1)</b>: a running maximum of anything changes with chance "
        "1/(t+1) at position t. With k below 1 this finds layers whose memory has stopped taking in "
        "anything.</p>");
}

QString lossPage()
{
    return Help::tr("<h2>Loss</h2>"
                    "<p>The training loss of every step faintly, smoothed on top, and the held-out loss. Horizontal "
                    "lines to compare with: "
                    "<b>chance</b>, ln(vocabulary), is what guessing blindly costs; <b>bigram</b> is what knowing the "
                    "last token alone is worth; "
                    "<b>entropy</b> (generated data) is the loss of one who knows the generator: nobody gets below it "
                    "on new data.</p>"
                    "<p>The wheel zooms at the pointer, dragging moves, a double-click fits. A gap with a mark is a "
                    "loss that was not a number.</p>");
}

QString statesPage()
{
    return Help::tr(
               "<h2>States</h2>"
               "<p>All that the network remembers is one vector a layer, the <b>state</b>: state[t] = "
               "max(state[t-1], candidate[t]), channel "
               "by channel. Here it is for the text at the bottom of the window: one heatmap a head, a row a "
               "channel, a column a token. "
               "Heads are a way of looking: the mathematics is per channel.</p>"
               "<p>The other sites of the layer: base, shift and candidate = products of the layer's input; mixed "
               "= (base * state + shift) * "
               "state; gate = relu(...); norm = LayerNorm(alpha * out + (1 - alpha) * x).</p>"
               "<p>The read-out names the <b>winner</b>, the position whose candidate the state holds, and "
               "<b>since</b> when it is held. A "
               "running maximum of anything changes with chance about 1/(t+1) at position t, trained or not.</p>") +
           Help::tr("<p><b>Set a state</b>: double-click a cell, or press Enter on the cursor's cell, and type. "
                    "Shift+Enter sets all channels of its head at that token, Ctrl+Enter its channel from that token "
                    "to the end of the text, a row of the picture. Shift and drag along a row, or Shift+Left and "
                    "Shift+Right and then Enter, sets the channel at the tokens that are framed. The What if panel "
                    "lists what you set.</p>");
}

QString alphaPage()
{
    return Help::tr("<h2>Alpha</h2>"
                    "<p>Every layer mixes its new output with its input: LayerNorm(alpha * out + (1 - alpha) * x), "
                    "where alpha is one learnable "
                    "number that begins at 0.5. Here it is now, by layer, and over the steps.</p>"
                    "<p>Alpha alone misleads, since out can be a thousand times larger than x. The <b>share of the "
                    "new</b>, |alpha out| / (|alpha "
                    "out| + |(1 - alpha) x|), says how much of what enters the LayerNorm is new.</p>");
}

QString generatePage()
{
    return Help::tr(
        "<h2>Generate</h2>"
        "<p>The network reads the prompt and then writes, one token after the other; each costs the same, since the "
        "state is carried. "
        "The ground of a token says how probable it was. Click one to see its ten likeliest alternatives.</p>"
        "<p><b>Temperature</b> divides the logits (0: always the likeliest), <b>top-k</b> and <b>top-p</b> leave out "
        "the unlikely "
        "tokens, the <b>seed</b> makes the draw repeatable.</p>"
        "<p><b>Memory</b>: a running maximum never forgets. Carried past the trained length (marked) it holds more "
        "than the network "
        "ever met, and text decays. So it is cleared after a token, usually the end of a line; or computed anew from "
        "the newest tokens.</p>");
}

QString runsPage()
{
    return Help::tr(
        "<h2>Runs</h2>"
        "<p>Every training is a <b>run</b>: a folder with every step's numbers, what the network wrote on the way, its "
        "weights at many steps, and all that it takes to go on. Nothing is lost when the program ends.</p>"
        "<p><b>Open</b> shows a run as it was; one that another program trains is followed. <b>Go on</b> trains it "
        "further, to the same bits as if it had never stopped. Choose two and press <b>Compare</b> to see their curves "
        "in one plot and their newest weights on the same text.</p>"
        "<p>The <b>timeline</b> below the panels is the run that is shown: drag over it to see all panels as they were "
        "at a step. Marks below are snapshots, marks above are samples, dashed lines are changes that a person made. A "
        "double-click trains exactly that step again; a star keeps a snapshot for good.</p>");
}

QString comparePage()
{
    return Help::tr(
        "<h2>Compare</h2>"
        "<p>A is what is looked at, B another step of this run or of another one, both on the text to look at: the "
        "states of the layer that the States panel shows, their difference, the alphas, and how sure each network was "
        "of every token (yellow: sure). What each writes after the beginning of the text comes from the same seed; the "
        "first token that differs is marked.</p>");
}

QString changesPage()
{
    return Help::tr(
        "<h2>What if</h2>"
        "<p>Change the network that is looked at and see what follows in every panel; its weights stay, and the "
        "training "
        "does not know. <b>Silence</b> a head (its part of mixed is 0), a layer's mixer or its feed-forward. Drag an "
        "<b>alpha</b>: <i>Find the curves</i> draws the held-out loss from -0.5 to 1.5 behind each.</p>"
        "<p><b>Set a state</b>: double-click a cell of the States panel, or press Enter on the cursor's cell; with "
        "Shift "
        "all channels of the head at that token. The running maximum goes on from there. Most single cells change "
        "nothing: <b>Cells</b> lists those that do, by how far they move the later predictions (KL divergence, nats). "
        "<b>Other text</b> puts in what the network remembers of another text: where the prediction follows, the layer "
        "carried what differs.</p>"
        "<p>What you changed is listed below: untick it to switch it off, Delete takes it away, Ctrl+Z and "
        "Ctrl+Shift+Z "
        "undo and redo. <b>D</b> shows the network as trained and as changed in turn; <i>Difference</i> shows as "
        "changed "
        "minus as trained. Panels that show a changed network say so beside their name. What does not fit another "
        "network or text is off while that is looked at.</p>");
}

QString memoryPage()
{
    return Help::tr(
        "<h2>Memory</h2>"
        "<p><b>What memory holds</b>: a picture a head. Row t, column j: the share of the head's channels whose state "
        "at "
        "token t has been held <b>since</b> token j. A row sums to 1. A bright column is a token that memory keeps. "
        "Click a row to see the text shaded by it.</p>"
        "<p><b>Influence</b>, what matters, on the same axes: token j is hidden from memory in all layers (its "
        "candidates count at its own position alone), and the prediction at t moves by KL(p || q) nats, p with it and "
        "q "
        "without. Much of what memory holds matters to nothing.</p>"
        "<p>Influence is measured by itself while nothing trains, else when you press <b>Measure influence</b>. Where "
        "there are interventions, a first column is what is held since an edit.</p>");
}

QString microscopePage()
{
    return Help::tr(
        "<h2>Microscope</h2>"
        "<p>One channel of one layer at one token, as the computation itself with its real numbers. A number has the "
        "colour of its quantity wherever it is used again; under the pointer it has all its digits.</p>"
        "<p>On top, the channel over the text: every token's candidate is a dot, the state a staircase, for it is the "
        "largest candidate so far. The large dot is the one that is held at the marked token.</p>"
        "<p><b>Left</b> and <b>Right</b> step by token, <b>Up</b> and <b>Down</b> by layer, <b>PageUp</b> and "
        "<b>PageDown</b> by channel. A click on the token that a state is from goes there.</p>");
}

QString readingPage()
{
    return Help::tr(
        "<h2>Reading</h2>"
        "<p>The head turns the last layer's output into a prediction. Applied to the output of every layer it says "
        "what "
        "the network would say if it ended there. A column is a token of the text, a row a layer, the last on top; the "
        "cell has the likeliest next token, and its ground is the probability of the token that does come next: yellow "
        "is known.</p>"
        "<p>Click a cell for its ten likeliest tokens. A corner marks cells that say something else than the network "
        "as "
        "trained.</p>");
}

QString surprisePage()
{
    return Help::tr(
        "<h2>Surprise</h2>"
        "<p>The text to look at, coloured by the <b>loss</b> of each token: -ln p(token) in nats, p by the network "
        "after "
        "the tokens before it. 0 is certain; ln(vocabulary) is what guessing blindly costs. Their mean is the loss of "
        "the text.</p>"
        "<p>Click a token for the ten that were likeliest in its place. With interventions and the difference chosen, "
        "the colours are how much more (or less) a token surprises than as trained.</p>");
}

QString alikePage()
{
    return Help::tr(
        "<h2>Find alike</h2>"
        "<p>A head does something with a text: some of its channels were set at the same token and are held together "
        "until another. Where else in the data does it do so? Click the last token of the stretch, choose since when "
        "the "
        "channels are held (or write other channels), and press <b>Find</b>.</p>"
        "<p>The <b>score</b> of a place: of every chosen channel that is set there, the tokens are counted before it "
        "changes again, at most as many as the stretch has; their sum over channels * tokens. 1 means that all are set "
        "there and held to the end. The first token of a sequence sets every channel; it counts only for stretches "
        "that "
        "begin with the text.</p>"
        "<p>The first search with these weights reads the training data, up to 1,000,000 tokens of different passages, "
        "and "
        "keeps one bit for each channel and token: changed or held. Searches after it take less than a second. A "
        "double-click looks at a "
        "passage.</p>"
        "<p>With interventions and the difference chosen, both networks are searched for the channels that are held as "
        "changed, and the list has the passages in which their scores differ most: where only the one as changed is 1, "
        "the passage is found as changed only. A change acts on the states of the layers after it, so choose such a "
        "layer.</p>");
}

QString recoverablePage()
{
    return Help::tr(
        "<h2>Recoverable</h2>"
        "<p>Is the word still in the state? In generated sentences it is known which name, animal or thing a sentence "
        "has. For every layer and every distance from the word a <b>linear probe</b> (ridge regression) learns on two "
        "thirds of the sentences to tell the word from the state, and is tried on the others.</p>"
        "<p>Compare a row with <b>guessing</b> (always the most frequent word) and with <b>the network says it</b>: "
        "how "
        "often the network writes the whole word itself where a sentence says it again. A state can hold what the "
        "network does not use, and what a linear map does not find may still be there.</p>");
}

QString weightsPage()
{
    return Help::tr(
        "<h2>Weights</h2>"
        "<p>Every number that is learnt, by its name in weight files. Rows are outputs, "
        "columns inputs; where there are more than the screen has, a cell shows the largest of the numbers "
        "that it stands for. combined.weight holds Wo, Wo1, Wo2 and Wo3, one below the other: base = (Wo + Wo1) x, "
        "shift = Wo2 x, candidate = Wo3 x.</p>"
        "<p><b>Remember</b> keeps the weights that are looked at; <b>change</b> then shows what has been learnt since, "
        "or since the first snapshot of the run.</p>");
}

QString statisticsPage()
{
    return Help::tr(
        "<h2>Statistics</h2>"
        "<p>How the network remembers, over at least 10,000 tokens of held-out data in sequences of the trained "
        "length. <b>Changes</b>: how often a state is replaced at position t, beside the 1/(t+1) of a running maximum "
        "of anything. <b>Age</b>: how long ago what is held was read. <b>Influence</b>: how far the prediction moves "
        "when the token d back is hidden; what is held need not matter, so this is the real length of memory.</p>"
        "<p><b>Gates</b> that never open are channels that do nothing. <b>Loss by position</b> goes on to four times "
        "the trained length: a carried state holds more than the network ever met, one that is cleared or computed "
        "anew does not. <b>Over the run</b> measures the snapshots that the run stored.</p>");
}

QString effectsPage()
{
    return Help::tr(
        "<h2>Effects</h2>"
        "<p>What is a part good for? It is silenced, and the loss on held-out data measured again: each head, each "
        "layer's mixer, each feed-forward. Beside them the mean of random groups of as many channels: a head that "
        "hurts no more than they do is no unit of meaning, but a number of channels. Standard errors are over the "
        "sequences.</p>"
        "<p><b>Single channels</b> of the layer that is chosen, the one that hurts most first: most do nothing. "
        "<b>States put across</b>: of two texts that differ in one word, one layer's state is put from one into the "
        "other at the last token; the bars say how far the prediction moves, and so which layer carries the word.</p>");
}

QString keysPage()
{
    const QString row = QStringLiteral("<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2</td></tr>");
    return Help::tr("<h2>Keys</h2>") + QStringLiteral("<table cellspacing=\"4\">") +
           row.arg(Help::tr("Space"), Help::tr("starts, pauses, goes on")) +
           row.arg(Help::tr("S"), Help::tr("one step")) +
           row.arg(Help::tr("Shift+Esc"), Help::tr("stops the training")) +
           row.arg(Help::tr("Ctrl+G"), Help::tr("generates a text")) +
           row.arg(Help::tr("Left, Right"), Help::tr("moves the cursor token")) +
           row.arg(Help::tr("Home, End"), Help::tr("first and last token")) +
           row.arg(Help::tr("Up, Down"), Help::tr("next and previous layer")) +
           row.arg(Help::tr("PageUp, PageDown"), Help::tr("previous and next channel, in the microscope")) +
           row.arg(Help::tr("L"), Help::tr("back to the live training")) +
           row.arg(Help::tr("Ctrl+L"), Help::tr("types the text to look at")) +
           row.arg(Help::tr("Ctrl+Shift+P"), Help::tr("finds a command by its name")) +
           row.arg(Help::tr("Left, Right on the timeline"), Help::tr("one snapshot back, one on")) +
           row.arg(Help::tr("D"), Help::tr("the network as trained, as changed")) +
           row.arg(Help::tr("Ctrl+Z, Ctrl+Shift+Z"), Help::tr("undoes and redoes a change of the What if panel")) +
           row.arg(Help::tr("Enter, Shift+Enter in States"), Help::tr("sets the state of a cell, of a head")) +
           row.arg(Help::tr("Shift+Left, Shift+Right in States"), Help::tr("chooses tokens of a channel to set")) +
           row.arg(Help::tr("Ctrl+Enter in States"), Help::tr("sets the states of a channel from a token on")) +
           row.arg(Help::tr("Ctrl+Shift+O"), Help::tr("opens a run")) +
           row.arg(Help::tr("Ctrl+O, Ctrl+S"), Help::tr("opens a model, saves a snapshot")) +
           row.arg(Help::tr("Ctrl+C"), Help::tr("copies what the panel under the pointer shows")) +
           row.arg(Help::tr("F1"), Help::tr("explains the panel under the pointer")) + QStringLiteral("</table>");
}

} // namespace

QString helpText(const QString &page)
{
    static const QHash<QString, QString (*)()> pages = {
        {QStringLiteral("train"), trainPage},
        {QStringLiteral("edits"), editsPage},
        {QStringLiteral("breakpoints"), breakpointsPage},
        {QStringLiteral("loss"), lossPage},
        {QStringLiteral("states"), statesPage},
        {QStringLiteral("alpha"), alphaPage},
        {QStringLiteral("generate"), generatePage},
        {QStringLiteral("runs"), runsPage},
        {QStringLiteral("statistics"), statisticsPage},
        {QStringLiteral("effects"), effectsPage},
        {QStringLiteral("compare"), comparePage},
        {QStringLiteral("changes"), changesPage},
        {QStringLiteral("memory"), memoryPage},
        {QStringLiteral("microscope"), microscopePage},
        {QStringLiteral("reading"), readingPage},
        {QStringLiteral("surprise"), surprisePage},
        {QStringLiteral("alike"), alikePage},
        {QStringLiteral("recoverable"), recoverablePage},
        {QStringLiteral("weights"), weightsPage},
    };
    return pages.value(page, keysPage)();
}

void showHelp(QWidget *parent, const QString &page)
{
    const QString name = QStringLiteral("help");
    auto *dialog = parent->findChild<QDialog *>(name, Qt::FindDirectChildrenOnly);
    if (!dialog) {
        dialog = new QDialog(parent);
        dialog->setObjectName(name);
        dialog->setWindowTitle(Help::tr("Help"));
        dialog->resize(480, 420);
        auto *column = new QVBoxLayout(dialog);
        auto *text = new QTextBrowser(dialog);
        text->setFrameShape(QFrame::NoFrame);
        auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
        QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::hide);
        column->addWidget(text);
        column->addWidget(buttons);
    }
    dialog->findChild<QTextBrowser *>()->setHtml(helpText(page));
    dialog->show();
    dialog->raise();
}

} // namespace samout
