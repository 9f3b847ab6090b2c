<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>QObject</name>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
</context>
<context>
    <name>StateRows</name>
    <message>
        <source>an earlier text</source>
        <translation>更早的文本</translation>
    </message>
    <message>
        <source>layer %1, head %2, channel %3, %4</source>
        <translation>第 %1 层，头 %2，通道 %3，%4</translation>
    </message>
    <message>
        <source>%1: %2 %3</source>
        <translation>%1：%2 %3</translation>
    </message>
    <message>
        <source>%1: %2, held since %3, winner %4</source>
        <translation>%1：%2，自 %3 起保持，胜者 %4</translation>
    </message>
    <message>
        <source>%1: %2 %3; its state is held since %4, winner %5</source>
        <translation>%1：%2 %3；其状态自 %4 起保持，胜者 %5</translation>
    </message>
</context>
<context>
    <name>samout::AlphaPanel</name>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>How much of its own output every layer lets in will be drawn here: press Start to train.</source>
        <translation>这里将画出每一层让多少自己的输出通过：请按“开始”进行训练。</translation>
    </message>
    <message>
        <source>Alpha now, by layer</source>
        <translation>各层当前的 alpha</translation>
    </message>
    <message>
        <source>Share of the new, by layer (%)</source>
        <translation>各层新内容所占的份额（%）</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Moves along with the newest step. A double-click on the plot shows all.</source>
        <translation>随最新的一步移动。双击图形显示全部。</translation>
    </message>
    <message>
        <source>norm = LayerNorm(alpha * out + (1 - alpha) * x), where out is what the layer computed and x what came in. Alpha is one learnt number a layer; it starts at 0.5, the dashed line. The axis is fitted to the bars and does not begin at 0.</source>
        <translation>norm = LayerNorm(alpha * out + (1 - alpha) * x)，其中 out 是本层算出的结果，x 是输入。每层有一个学得的 alpha，从 0.5（虚线）开始。坐标轴按柱子调整，不从 0 开始。</translation>
    </message>
    <message>
        <source>|alpha out| / (|alpha out| + |(1 - alpha) x|), the L2 norms over all channels and tokens of the text to look at: how much of what enters the LayerNorm is new. Since out can be a thousand times larger than x, alpha alone misleads.</source>
        <translation>|alpha out| / (|alpha out| + |(1 - alpha) x|)，是所观察文本全部通道和词元上的 L2 范数之比：进入 LayerNorm 的内容有多少是新的。out 可能比 x 大一千倍，只看 alpha 会误导。</translation>
    </message>
    <message>
        <source>Alpha of every layer after each step, in the colours of the bars.</source>
        <translation>每一步之后各层的 alpha，颜色与柱子相同。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>step %1, layer %2: alpha %3</source>
        <translation>第 %1 步，第 %2 层：alpha %3</translation>
    </message>
    <message>
        <source>layer %1: alpha %2, share of the new %3 %</source>
        <translation>第 %1 层：alpha %2，新内容的份额 %3 %</translation>
    </message>
    <message>
        <source>layer %1: alpha %2</source>
        <translation>第 %1 层：alpha %2</translation>
    </message>
</context>
<context>
    <name>samout::Choosers</name>
    <message>
        <source>Choose a file of token numbers</source>
        <translation>选择词元编号文件</translation>
    </message>
    <message>
        <source>Choose a text file</source>
        <translation>选择文本文件</translation>
    </message>
    <message>
        <source>Token numbers, one array a line (*.jsonl)</source>
        <translation>词元编号，每行一个数组 (*.jsonl)</translation>
    </message>
    <message>
        <source>UTF-8 text (*.txt)</source>
        <translation>UTF-8 文本 (*.txt)</translation>
    </message>
    <message>
        <source>Text file…</source>
        <translation>文本文件…</translation>
    </message>
    <message>
        <source>Any UTF-8 text; its characters are the tokens.</source>
        <translation>任意 UTF-8 文本，其字符即词元。</translation>
    </message>
    <message>
        <source>Token file (.jsonl)…</source>
        <translation>词元文件 (.jsonl)…</translation>
    </message>
    <message>
        <source>One JSON array of token numbers a line.</source>
        <translation>每行一个词元编号的 JSON 数组。</translation>
    </message>
    <message>
        <source>Processor</source>
        <translation>处理器</translation>
    </message>
    <message>
        <source>%1, %2 memory (%3)</source>
        <translation>%1，内存 %2（%3）</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>自动</translation>
    </message>
    <message>
        <source>The first GPU, else the processor.</source>
        <translation>第一块 GPU，否则处理器。</translation>
    </message>
    <message>
        <source>Article</source>
        <translation>论文实验</translation>
    </message>
    <message>
        <source>The published experiment: 6.3 million parameters learn 100 random sequences by heart in ten steps.</source>
        <translation>已发表的实验：630 万个参数在十步内背下 100 个随机序列。</translation>
    </message>
    <message>
        <source>Classroom</source>
        <translation>课堂</translation>
    </message>
    <message>
        <source>Small and quick: writes readable sentences within 200 steps.</source>
        <translation>小而快：200 步内写出可读的句子。</translation>
    </message>
    <message>
        <source>Own settings</source>
        <translation>自定设置</translation>
    </message>
    <message>
        <source>Settings of your own; choose a preset to go back to its settings.</source>
        <translation>你自己的设置；选择一个预设即可恢复其设置。</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>A complete set of settings to begin from.</source>
        <translation>一整套起始设置。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>What the network learns from: random sequences, a task, sentences of a grammar, or a file of yours.</source>
        <translation>网络从什么学习：随机序列、任务、语法句子，或你的文件。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where the training computes.</source>
        <translation>训练在哪里计算。</translation>
    </message>
</context>
<context>
    <name>samout::ComparePanel</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Two networks on the same text: choose a step on the timeline and press Compare, or choose two runs.</source>
        <translation>两个网络读同一段文字：在时间线上选一步并按“比较”，或选两次训练。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Compare with nothing.</source>
        <translation>不再比较。</translation>
    </message>
    <message>
        <source>A: states</source>
        <translation>A：状态</translation>
    </message>
    <message>
        <source>B: states</source>
        <translation>B：状态</translation>
    </message>
    <message>
        <source>B − A</source>
        <translation>B − A</translation>
    </message>
    <message>
        <source>Networks of different sizes have no difference.</source>
        <translation>大小不同的网络没有差。</translation>
    </message>
    <message>
        <source>How sure %1 was of each token of the text.</source>
        <translation>%1 对文字中每个词元有多大把握。</translation>
    </message>
    <message>
        <source>What %1 writes after the beginning of the text, from the same seed.</source>
        <translation>%1 用同一种子在文字开头之后写出的内容。</translation>
    </message>
    <message>
        <source>%1 reads</source>
        <translation>%1 读</translation>
    </message>
    <message>
        <source>%1 writes</source>
        <translation>%1 写</translation>
    </message>
    <message>
        <source>Token %1: loss of A %2, of B %3 (nats)</source>
        <translation>词元 %1：A 的损失 %2，B 的损失 %3（奈特）</translation>
    </message>
    <message>
        <source>A: %1, step %2.   B: %3, step %4.</source>
        <translation>A：%1，第 %2 步。   B：%3，第 %4 步。</translation>
    </message>
    <message>
        <source>what is looked at</source>
        <translation>正在看的</translation>
    </message>
    <message>
        <source>%1: %2 → %3</source>
        <translation>%1：%2 → %3</translation>
    </message>
    <message>
        <source>Alpha by layer, A → B:  %1</source>
        <translation>各层的 alpha，A → B：  %1</translation>
    </message>
    <message>
        <source>%1, channel %2, token %3: %4</source>
        <translation>%1，通道 %2，词元 %3：%4</translation>
    </message>
    <message>
        <source>State of A</source>
        <translation>A 的状态</translation>
    </message>
    <message>
        <source>State of B</source>
        <translation>B 的状态</translation>
    </message>
    <message>
        <source>Difference of the states</source>
        <translation>状态之差</translation>
    </message>
</context>
<context>
    <name>samout::GeneratePanel</name>
    <message>
        <source>Generate</source>
        <translation>生成</translation>
    </message>
    <message>
        <source>Stop writing</source>
        <translation>停止书写</translation>
    </message>
    <message>
        <source>Write a text with the newest weights (Ctrl+G)</source>
        <translation>用最新的权重写一段文本（Ctrl+G）</translation>
    </message>
    <message>
        <source>End this text here</source>
        <translation>文本到此为止</translation>
    </message>
    <message>
        <source>What the text begins with; empty: a begin token</source>
        <translation>文本的开头；留空则为起始词元</translation>
    </message>
    <message>
        <source>What the network reads before it writes. ⏎ is the end of a line; token numbers where the data has no letters.</source>
        <translation>网络书写之前先读的内容。⏎ 表示换行；数据没有字符时请写词元编号。</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>提示</translation>
    </message>
    <message>
        <source>Here the network writes, each letter coloured by how sure it was. Start a training, then press Generate.</source>
        <translation>网络在这里书写，每个字按其把握程度着色。请先开始训练，再按“生成”。</translation>
    </message>
    <message>
        <source>Click a written token: its ten likeliest alternatives will be here.</source>
        <translation>点击一个写出的词元：这里会列出最可能的十个候选。</translation>
    </message>
    <message>
        <source>Waiting for the newest weights…</source>
        <translation>正在等待最新的权重…</translation>
    </message>
    <message>
        <source>From step %1.</source>
        <translation>来自第 %1 步。</translation>
    </message>
    <message>
        <source>From step %1, stopped.</source>
        <translation>来自第 %1 步，已停止。</translation>
    </message>
    <message>
        <source>The ground of a token is its probability by the model, at temperature 1, from 0 to 1.</source>
        <translation>词元的底色是模型给它的概率（温度为 1），从 0 到 1。</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>没把握</translation>
    </message>
    <message>
        <source>sure</source>
        <translation>有把握</translation>
    </message>
    <message>
        <source>Longer than this the network was never trained on: text that is carried past it decays.</source>
        <translation>网络从未训练过比这更长的序列：越过它继续携带状态，文本会变坏。</translation>
    </message>
    <message>
        <source>&lt;font color=&quot;#D55E00&quot;&gt;┃&lt;/font&gt; trained length, %1</source>
        <translation>&lt;font color=&quot;#D55E00&quot;&gt;┃&lt;/font&gt; 训练长度 %1</translation>
    </message>
    <message>
        <source>There are no weights yet. Start a training or open a model, then press Generate.</source>
        <translation>还没有权重。请开始训练或打开一个模型，再按“生成”。</translation>
    </message>
    <message>
        <source>From step %1…</source>
        <translation>来自第 %1 步…</translation>
    </message>
    <message>
        <source>This token was given, not written: click a coloured one.</source>
        <translation>这个词元是给定的，不是写出的：请点击有颜色的词元。</translation>
    </message>
    <message>
        <source>Token “%1” at position %2, given by the prompt</source>
        <translation>词元“%1”，位置 %2，由提示给定</translation>
    </message>
    <message>
        <source>Token “%1” at position %2, written with probability %3</source>
        <translation>词元“%1”，位置 %2，以概率 %3 写出</translation>
    </message>
</context>
<context>
    <name>samout::Grab</name>
    <message>
        <source>The folder %1 for the pictures cannot be made; it should be a place that you may write to.</source>
        <translation>无法建立存放图片的文件夹 %1；它应当在可以写入的地方。</translation>
    </message>
    <message>
        <source>The pictures cannot be written to %1; it should be a folder that you may write to, on a disk that is not full.</source>
        <translation>无法把图片写到 %1；它应当是可以写入的文件夹，且磁盘未满。</translation>
    </message>
</context>
<context>
    <name>samout::Help</name>
    <message>
        <source>&lt;h2&gt;Train&lt;/h2&gt;&lt;p&gt;Choose a &lt;b&gt;preset&lt;/b&gt; and press &lt;b&gt;Start&lt;/b&gt;. Classroom is small and quick: within 200 steps it writes readable sentences. Article is the published experiment: 6,302,982 parameters learn 100 random sequences by heart in ten steps.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Data&lt;/b&gt; is what the network learns from. The tasks show what a running maximum finds easy (the largest so far, the first token) and what it cannot do (counting a run: a repeated token changes no maximum).&lt;/p&gt;&lt;p&gt;The numbers of the last step: the &lt;b&gt;loss&lt;/b&gt; is the mean of -ln p(next token) in nats, before the step&apos;s update; the &lt;b&gt;held-out loss&lt;/b&gt; the same over sequences that training never sees. A held-out loss that rises while the loss falls means learning by heart.&lt;/p&gt;&lt;p&gt;A loss or gradient that is not finite pauses the training before the update; a message names the step and the layer, and the last good weights stay.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;训练&lt;/h2&gt;&lt;p&gt;选择一个&lt;b&gt;预设&lt;/b&gt;并按&lt;b&gt;开始&lt;/b&gt;。“课堂”小而快：200 步内就能写出可读的句子。“论文实验”是已发表的实验：6,302,982 个参数在十步内背下 100 个随机序列。&lt;/p&gt;&lt;p&gt;&lt;b&gt;数据&lt;/b&gt;是网络学习的内容。各项任务展示累计最大值容易做到的事（至今最大的数、第一个词元）和做不到的事（数一段重复：重复的词元不改变任何最大值）。&lt;/p&gt;&lt;p&gt;最后一步的数值：&lt;b&gt;损失&lt;/b&gt;是更新之前 -ln p(下一个词元) 的平均值，单位奈特；&lt;b&gt;留出损失&lt;/b&gt;是在训练从未见过的序列上的同一数值。损失下降而留出损失上升，就是在死记。&lt;/p&gt;&lt;p&gt;损失或梯度不是有限数时，训练会在更新之前暂停；消息会指出步数和层，最后的好权重会保留。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Loss&lt;/h2&gt;&lt;p&gt;The training loss of every step faintly, smoothed on top, and the held-out loss. Horizontal lines to compare with: &lt;b&gt;chance&lt;/b&gt;, ln(vocabulary), is what guessing blindly costs; &lt;b&gt;bigram&lt;/b&gt; is what knowing the last token alone is worth; &lt;b&gt;entropy&lt;/b&gt; (generated data) is the loss of one who knows the generator: nobody gets below it on new data.&lt;/p&gt;&lt;p&gt;The wheel zooms at the pointer, dragging moves, a double-click fits. A gap with a mark is a loss that was not a number.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;损失&lt;/h2&gt;&lt;p&gt;每一步的训练损失（淡色）、其平滑曲线，以及留出损失。用来比较的水平线：&lt;b&gt;随机猜测&lt;/b&gt; ln(词表大小) 是盲猜的代价；&lt;b&gt;二元模型&lt;/b&gt;是只知道上一个词元的价值；&lt;b&gt;熵&lt;/b&gt;（生成的数据）是知道生成器者的损失：在新数据上无人能更低。&lt;/p&gt;&lt;p&gt;滚轮在指针处缩放，拖动移动，双击适配。带标记的缺口是不是数的损失。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;States&lt;/h2&gt;&lt;p&gt;All that the network remembers is one vector a layer, the &lt;b&gt;state&lt;/b&gt;: state[t] = max(state[t-1], candidate[t]), channel by channel. Here it is for the text at the bottom of the window: one heatmap a head, a row a channel, a column a token. Heads are a way of looking: the mathematics is per channel.&lt;/p&gt;&lt;p&gt;The other sites of the layer: base, shift and candidate = products of the layer&apos;s input; mixed = (base * state + shift) * state; gate = relu(...); norm = LayerNorm(alpha * out + (1 - alpha) * x).&lt;/p&gt;&lt;p&gt;The read-out names the &lt;b&gt;winner&lt;/b&gt;, the position whose candidate the state holds, and &lt;b&gt;since&lt;/b&gt; when it is held. A running maximum of anything changes with chance about 1/(t+1) at position t, trained or not.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;状态&lt;/h2&gt;&lt;p&gt;网络记住的全部内容是每层一个向量，即&lt;b&gt;状态&lt;/b&gt;：state[t] = max(state[t-1], candidate[t])，各通道独立。这里显示的是窗口底部那段文本：每个头一张热图，每行一个通道，每列一个词元。头只是观察方式，数学上各通道独立。&lt;/p&gt;&lt;p&gt;本层的其他位置：base、shift 和 candidate 是层输入的乘积；mixed = (base * state + shift) * state；gate = relu(...)；norm = LayerNorm(alpha * out + (1 - alpha) * x)。&lt;/p&gt;&lt;p&gt;读数会指出&lt;b&gt;胜者&lt;/b&gt;，即状态所保持的候选值的位置，以及&lt;b&gt;自何时&lt;/b&gt;保持。任何累计最大值在位置 t 处改变的机会约为 1/(t+1)，无论是否训练过。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Alpha&lt;/h2&gt;&lt;p&gt;Every layer mixes its new output with its input: LayerNorm(alpha * out + (1 - alpha) * x), where alpha is one learnable number that begins at 0.5. Here it is now, by layer, and over the steps.&lt;/p&gt;&lt;p&gt;Alpha alone misleads, since out can be a thousand times larger than x. The &lt;b&gt;share of the new&lt;/b&gt;, |alpha out| / (|alpha out| + |(1 - alpha) x|), says how much of what enters the LayerNorm is new.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;Alpha&lt;/h2&gt;&lt;p&gt;每一层把新输出与输入混合：LayerNorm(alpha * out + (1 - alpha) * x)，其中 alpha 是一个从 0.5 开始的可学习的数。这里显示各层当前的值及其随步数的变化。&lt;/p&gt;&lt;p&gt;只看 alpha 会误导，因为 out 可能比 x 大一千倍。&lt;b&gt;新内容的份额&lt;/b&gt; |alpha out| / (|alpha out| + |(1 - alpha) x|) 说明进入 LayerNorm 的内容有多少是新的。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Generate&lt;/h2&gt;&lt;p&gt;The network reads the prompt and then writes, one token after the other; each costs the same, since the state is carried. The ground of a token says how probable it was. Click one to see its ten likeliest alternatives.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Temperature&lt;/b&gt; divides the logits (0: always the likeliest), &lt;b&gt;top-k&lt;/b&gt; and &lt;b&gt;top-p&lt;/b&gt; leave out the unlikely tokens, the &lt;b&gt;seed&lt;/b&gt; makes the draw repeatable.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Memory&lt;/b&gt;: a running maximum never forgets. Carried past the trained length (marked) it holds more than the network ever met, and text decays. So it is cleared after a token, usually the end of a line; or computed anew from the newest tokens.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;生成&lt;/h2&gt;&lt;p&gt;网络先读提示，然后一个接一个地写词元；状态一直携带，每个词元代价相同。词元的底色表示它的概率。点击它可看到最可能的十个候选。&lt;/p&gt;&lt;p&gt;&lt;b&gt;温度&lt;/b&gt;除 logits（0：总取最可能的），&lt;b&gt;top-k&lt;/b&gt; 和 &lt;b&gt;top-p&lt;/b&gt; 去掉不太可能的词元，&lt;b&gt;种子&lt;/b&gt;使抽取可以重复。&lt;/p&gt;&lt;p&gt;&lt;b&gt;记忆&lt;/b&gt;：累计最大值从不遗忘。越过训练长度（有标记）后，它装下的比网络见过的更多，文本会变坏。所以要在某个词元（通常是换行）之后清空，或由最新的词元重新计算。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Keys&lt;/h2&gt;</source>
        <translation>&lt;h2&gt;按键&lt;/h2&gt;</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>空格</translation>
    </message>
    <message>
        <source>starts, pauses, goes on</source>
        <translation>开始、暂停、继续</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>one step</source>
        <translation>训练一步</translation>
    </message>
    <message>
        <source>Shift+Esc</source>
        <translation>Shift+Esc</translation>
    </message>
    <message>
        <source>stops the training</source>
        <translation>停止训练</translation>
    </message>
    <message>
        <source>Ctrl+G</source>
        <translation>Ctrl+G</translation>
    </message>
    <message>
        <source>generates a text</source>
        <translation>生成文本</translation>
    </message>
    <message>
        <source>Left, Right</source>
        <translation>左、右</translation>
    </message>
    <message>
        <source>moves the cursor token</source>
        <translation>移动光标词元</translation>
    </message>
    <message>
        <source>Home, End</source>
        <translation>Home、End</translation>
    </message>
    <message>
        <source>first and last token</source>
        <translation>第一个和最后一个词元</translation>
    </message>
    <message>
        <source>Up, Down</source>
        <translation>上、下</translation>
    </message>
    <message>
        <source>next and previous layer</source>
        <translation>下一层和上一层</translation>
    </message>
    <message>
        <source>L</source>
        <translation>L</translation>
    </message>
    <message>
        <source>back to the live training</source>
        <translation>回到正在进行的训练</translation>
    </message>
    <message>
        <source>Ctrl+L</source>
        <translation>Ctrl+L</translation>
    </message>
    <message>
        <source>types the text to look at</source>
        <translation>输入观察的文本</translation>
    </message>
    <message>
        <source>Ctrl+O, Ctrl+S</source>
        <translation>Ctrl+O、Ctrl+S</translation>
    </message>
    <message>
        <source>opens a model, saves a snapshot</source>
        <translation>打开模型、保存快照</translation>
    </message>
    <message>
        <source>Ctrl+C</source>
        <translation>Ctrl+C</translation>
    </message>
    <message>
        <source>copies what the panel under the pointer shows</source>
        <translation>复制指针下面板的内容</translation>
    </message>
    <message>
        <source>F1</source>
        <translation>F1</translation>
    </message>
    <message>
        <source>explains the panel under the pointer</source>
        <translation>解释指针下的面板</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Runs&lt;/h2&gt;&lt;p&gt;Every training is a &lt;b&gt;run&lt;/b&gt;: a folder with every step&apos;s numbers, what the network wrote on the way, its weights at many steps, and all that it takes to go on. Nothing is lost when the program ends.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Open&lt;/b&gt; shows a run as it was; one that another program trains is followed. &lt;b&gt;Go on&lt;/b&gt; trains it further, to the same bits as if it had never stopped. Choose two and press &lt;b&gt;Compare&lt;/b&gt; to see their curves in one plot and their newest weights on the same text.&lt;/p&gt;&lt;p&gt;The &lt;b&gt;timeline&lt;/b&gt; below the panels is the run that is shown: drag over it to see all panels as they were at a step. Marks below are snapshots, marks above are samples, dashed lines are changes that a person made. A double-click trains exactly that step again; a star keeps a snapshot for good.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;训练记录&lt;/h2&gt;&lt;p&gt;每次训练都是一个&lt;b&gt;记录&lt;/b&gt;：一个文件夹，里面有每一步的数字、途中写出的文字、许多步的权重，以及继续训练所需的一切。程序结束也不会丢失。&lt;/p&gt;&lt;p&gt;&lt;b&gt;打开&lt;/b&gt;按原样显示一次训练；别的程序正在训练的，会随之更新。&lt;b&gt;继续&lt;/b&gt;把它训练下去，结果与从未停过的逐位相同。选两个并按&lt;b&gt;比较&lt;/b&gt;，可在一张图里看它们的曲线，并在同一段文字上看它们最新的权重。&lt;/p&gt;&lt;p&gt;面板下方的&lt;b&gt;时间线&lt;/b&gt;就是所显示的训练：在上面拖动，所有面板都变成那一步时的样子。下方刻度是快照，上方刻度是样本，虚线是人所做的改变。双击会重新训练到那一步；星标让快照永久保留。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Compare&lt;/h2&gt;&lt;p&gt;A is what is looked at, B another step of this run or of another one, both on the text to look at: the states of the layer that the States panel shows, their difference, the alphas, and how sure each network was of every token (yellow: sure). What each writes after the beginning of the text comes from the same seed; the first token that differs is marked.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;比较&lt;/h2&gt;&lt;p&gt;A 是正在看的，B 是这次或另一次训练的另一步，两者读同一段文字：“状态”面板所示层的状态、它们的差、各层的 alpha，以及每个网络对每个词元有多大把握（黄色：有把握）。两者在文字开头之后写出的内容用同一种子；第一个不同的词元有标记。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Left, Right on the timeline</source>
        <translation>时间线上的左、右键</translation>
    </message>
    <message>
        <source>one snapshot back, one on</source>
        <translation>后退一个快照，前进一个</translation>
    </message>
    <message>
        <source>Ctrl+Shift+O</source>
        <translation>Ctrl+Shift+O</translation>
    </message>
    <message>
        <source>opens a run</source>
        <translation>打开一次训练</translation>
    </message>
</context>
<context>
    <name>samout::LayerChooser</name>
    <message>
        <source>The layer that is shown, counted from 1 at the embedding. Up and down move.</source>
        <translation>所显示的层，从嵌入一侧由 1 数起。用上下键移动。</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
</context>
<context>
    <name>samout::LossPanel</name>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>The training and the held-out loss will be drawn here: press Start to train.</source>
        <translation>这里将画出训练损失和留出损失：请按“开始”进行训练。</translation>
    </message>
    <message>
        <source>Linear axis</source>
        <translation>线性轴</translation>
    </message>
    <message>
        <source>Log axis</source>
        <translation>对数轴</translation>
    </message>
    <message>
        <source>How the loss axis is divided.</source>
        <translation>损失轴的刻度方式。</translation>
    </message>
    <message>
        <source>By step</source>
        <translation>按步数</translation>
    </message>
    <message>
        <source>By tokens</source>
        <translation>按词元</translation>
    </message>
    <message>
        <source>By time</source>
        <translation>按时间</translation>
    </message>
    <message>
        <source>What the horizontal axis counts: updates, targets learnt from, or seconds of training (without measuring the held-out loss).</source>
        <translation>横轴的单位：更新次数、学过的目标数，或训练的秒数（不含测量留出损失）。</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>跟随</translation>
    </message>
    <message>
        <source>Moves along with the newest step. A double-click on the plot shows all.</source>
        <translation>随最新的一步移动。双击图形显示全部。</translation>
    </message>
    <message>
        <source>Loss in nats a token: the mean of -ln p(right token). Faint: every step&apos;s batch, before its update. On top: its moving average. Held-out: on sequences that training never sees.
Wheel zooms, drag moves, Shift+drag zooms to a box, double-click shows all.</source>
        <translation>损失，单位为每词元奈特：-ln p(正确词元) 的平均值。淡色：每一步的批次，更新之前。上面：其滑动平均。留出：训练从未见过的序列。
滚轮缩放，拖动移动，Shift+拖动框选放大，双击显示全部。</translation>
    </message>
    <message>
        <source>Loss (nats a token)</source>
        <translation>损失（奈特/词元）</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>训练损失</translation>
    </message>
    <message>
        <source>Held-out loss</source>
        <translation>留出损失</translation>
    </message>
    <message>
        <source>Chance: ln %1 = %2</source>
        <translation>随机猜测：ln %1 = %2</translation>
    </message>
    <message>
        <source>Bigram model: %1</source>
        <translation>二元模型：%1</translation>
    </message>
    <message>
        <source>Generator&apos;s entropy: %1</source>
        <translation>生成器的熵：%1</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Training time</source>
        <translation>训练时间</translation>
    </message>
    <message>
        <source>Step %1, after %2 tokens and %3 s</source>
        <translation>第 %1 步，%2 个词元、%3 秒之后</translation>
    </message>
    <message>
        <source>%1: training loss %2, held-out loss %3</source>
        <translation>%1：训练损失 %2，留出损失 %3</translation>
    </message>
    <message>
        <source>%1: training loss %2</source>
        <translation>%1：训练损失 %2</translation>
    </message>
</context>
<context>
    <name>samout::MainWindow</name>
    <message>
        <source>Training</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Text to look at</source>
        <translation>观察的文本</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>正在准备</translation>
    </message>
    <message>
        <source>running, step %1</source>
        <translation>训练中，第 %1 步</translation>
    </message>
    <message>
        <source>pausing at step %1</source>
        <translation>正在第 %1 步暂停</translation>
    </message>
    <message>
        <source>paused at step %1</source>
        <translation>已在第 %1 步暂停</translation>
    </message>
    <message>
        <source>stopping at step %1</source>
        <translation>正在第 %1 步停止</translation>
    </message>
    <message>
        <source>stopped at step %1</source>
        <translation>已在第 %1 步停止</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>SamOut Studio</source>
        <translation>SamOut Studio</translation>
    </message>
    <message>
        <source>SamOut Studio: %1</source>
        <translation>SamOut Studio：%1</translation>
    </message>
    <message>
        <source>The model cannot be opened</source>
        <translation>无法打开模型</translation>
    </message>
    <message>
        <source>looking at %1</source>
        <translation>正在观察 %1</translation>
    </message>
    <message>
        <source>The panels look at %1. Generate writes with it; press L to go back to the training.</source>
        <translation>各面板正在观察 %1，“生成”也用它书写；按 L 回到训练。</translation>
    </message>
    <message>
        <source>&amp;Training</source>
        <translation>训练(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>Open model…</source>
        <translation>打开模型…</translation>
    </message>
    <message>
        <source>Save snapshot…</source>
        <translation>保存快照…</translation>
    </message>
    <message>
        <source>Copy what the panel shows</source>
        <translation>复制面板显示的内容</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>Restore default layout</source>
        <translation>恢复默认布局</translation>
    </message>
    <message>
        <source>Type the text to look at</source>
        <translation>输入观察的文本</translation>
    </message>
    <message>
        <source>Back to the live training</source>
        <translation>回到正在进行的训练</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>主题</translation>
    </message>
    <message>
        <source>As the desktop</source>
        <translation>跟随桌面</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>en</source>
        <comment>The language of this translation, as a code: en, zh</comment>
        <translation>zh</translation>
    </message>
    <message>
        <source>The language changes when the program starts the next time.</source>
        <translation>语言将在程序下次启动时改变。</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>Explain the panel under the pointer</source>
        <translation>解释指针下的面板</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>About SamOut Studio</source>
        <translation>关于 SamOut Studio</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Models (*.safetensors *.pth *.pt)</source>
        <translation>模型 (*.safetensors *.pth *.pt)</translation>
    </message>
    <message>
        <source>Save the newest weights</source>
        <translation>保存最新的权重</translation>
    </message>
    <message>
        <source>Snapshot (*.safetensors)</source>
        <translation>快照 (*.safetensors)</translation>
    </message>
    <message>
        <source>PyTorch state_dict (*.pth)</source>
        <translation>PyTorch state_dict (*.pth)</translation>
    </message>
    <message>
        <source>Nothing was saved</source>
        <translation>没有保存</translation>
    </message>
    <message>
        <source>There are no weights yet. Start a training or open a model first.</source>
        <translation>还没有权重。请先开始训练或打开一个模型。</translation>
    </message>
    <message>
        <source>The weights of step %1 are in %2.</source>
        <translation>第 %1 步的权重已存入 %2。</translation>
    </message>
    <message>
        <source>&lt;b&gt;SamOut Studio %1&lt;/b&gt;&lt;p&gt;Trains SamOut, a language model whose only memory is a running maximum, and shows what is inside.&lt;/p&gt;&lt;p&gt;With Qt %2, Qt Charts, QCustomPlot and LibTorch. Free software under the GNU General Public License, version 3.&lt;/p&gt;</source>
        <translation>&lt;b&gt;SamOut Studio %1&lt;/b&gt;&lt;p&gt;训练 SamOut——一个仅以累计最大值为记忆的语言模型——并展示其内部。&lt;/p&gt;&lt;p&gt;使用 Qt %2、Qt Charts、QCustomPlot 和 LibTorch。自由软件，依 GNU 通用公共许可证第 3 版发布。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Open run…</source>
        <translation>打开训练…</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>最近打开</translation>
    </message>
    <message>
        <source>Open a run</source>
        <translation>打开一次训练</translation>
    </message>
    <message>
        <source>looking at step %1</source>
        <translation>正在看第 %1 步</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>This run has reached its %1 steps. Go on to step:</source>
        <translation>这次训练已到第 %1 步。继续到第几步：</translation>
    </message>
    <message>
        <source>Nothing was opened yet.</source>
        <translation>还没有打开过什么。</translation>
    </message>
    <message>
        <source>The run has no snapshot of this step; a double-click on the timeline makes one.</source>
        <translation>这次训练没有这一步的快照；双击时间线会做出一个。</translation>
    </message>
    <message>
        <source>Keep a checkpoint</source>
        <translation>保留一个检查点</translation>
    </message>
    <message>
        <source>The run keeps a checkpoint of the step that runs now, for good.</source>
        <translation>这次训练会永久保留当前一步的检查点。</translation>
    </message>
</context>
<context>
    <name>samout::MessageStrip</name>
    <message>
        <source>Close this message</source>
        <translation>关闭此消息</translation>
    </message>
</context>
<context>
    <name>samout::OptionsForm</name>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>隐藏维度</translation>
    </message>
    <message>
        <source>Channels of a layer: all that the network remembers is this many numbers a layer, each the running maximum of a candidate.</source>
        <translation>每层的通道数：网络每层只记住这么多个数，每个都是候选值的累计最大值。</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>Groups of channels to look at side by side; divides hidden. The mathematics is per channel: the number of heads changes no result.</source>
        <translation>并排观察的通道分组，须整除隐藏维度。数学上各通道独立：头数不改变任何结果。</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Decoder layers, one after the other. The time of a step grows in proportion.</source>
        <translation>依次相接的解码层。每步的时间与之成正比。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Sequences that go through the network in one step; 0 is all of them (article and .jsonl only).</source>
        <translation>一步中通过网络的序列数；0 为全部（仅 article 和 .jsonl）。</translation>
    </message>
    <message>
        <source>Sequence length</source>
        <translation>序列长度</translation>
    </message>
    <message>
        <source>Most tokens in a sequence. Past this length the network has never been trained, and carried text decays.</source>
        <translation>一个序列最多的词元数。网络从未训练过更长的序列，越过它文本会变坏。</translation>
    </message>
    <message>
        <source>Held-out share</source>
        <translation>留出比例</translation>
    </message>
    <message>
        <source>Share of a file that training never sees, to measure what was understood rather than learnt by heart. Empty: what suits the data (text 0.1, .jsonl 0).</source>
        <translation>文件中训练从不看到的部分，用来衡量理解而非死记。留空：按数据取值（文本 0.1，.jsonl 0）。</translation>
    </message>
    <message>
        <source>Measured every</source>
        <translation>测量间隔</translation>
    </message>
    <message>
        <source>Steps between two measurements of the held-out loss; 0 is never. Each costs about the time of a step&apos;s forward pass.</source>
        <translation>两次测量留出损失之间的步数；0 为从不。每次约花一步前向计算的时间。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Where all randomness comes from: weights, data, dropout. The same seed gives the same training, bit for bit.</source>
        <translation>一切随机性的来源：权重、数据、dropout。同一种子得到逐位相同的训练。</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>How far Adam moves every weight in a step, about. Too large and the loss jumps or turns NaN; too small and nothing happens.</source>
        <translation>Adam 每步移动每个权重的大致距离。太大则损失跳动或变成 NaN，太小则毫无变化。</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>The largest norm of the whole gradient; a larger one is scaled down to it. 0 is off.</source>
        <translation>整个梯度的最大范数；更大的会缩小到它。0 为关闭。</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Steps over which the learning rate rises from 0; 0 is off.</source>
        <translation>学习率从 0 升起所用的步数；0 为关闭。</translation>
    </message>
    <message>
        <source>Cosine decay</source>
        <translation>余弦衰减</translation>
    </message>
    <message>
        <source>The learning rate falls along half a cosine to 0 at the last step.</source>
        <translation>学习率沿半个余弦降到最后一步的 0。</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Share of every weight that is taken away at a step, times the learning rate (decoupled, as in AdamW). 0 is off.</source>
        <translation>每步减去每个权重的比例，乘以学习率（解耦，如 AdamW）。0 为关闭。</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Share of the feed-forward output that is dropped at random in training, against learning by heart.</source>
        <translation>训练时随机丢弃的前馈输出比例，以防死记。</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Updates to make; 0 trains until you press Stop.</source>
        <translation>更新次数；0 则一直训练到按下“停止”。</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程</translation>
    </message>
    <message>
        <source>Threads of the processor; 0 is one a core. Another number gives other last bits.</source>
        <translation>处理器线程数；0 为每核一个。不同的数目得到不同的末位。</translation>
    </message>
    <message>
        <source>“%1” is no number for “%2”.</source>
        <translation>“%1”不是“%2”可用的数。</translation>
    </message>
    <message>
        <source>Products in bfloat16</source>
        <translation>用 bfloat16 做矩阵乘法</translation>
    </message>
    <message>
        <source>On a GPU: faster and less exact. The state and all else stay float32.</source>
        <translation>在 GPU 上：更快，但不那么精确。状态和其余部分仍为 float32。</translation>
    </message>
    <message>
        <source>Snapshots (MB)</source>
        <translation>快照（MB）</translation>
    </message>
    <message>
        <source>What the run keeps at most, of the weights at its steps; then those between others go, but never a starred one, the first or the last.</source>
        <translation>这次训练最多保留多少各步的权重；超过时去掉夹在中间的，但星标的、第一个和最后一个总会保留。</translation>
    </message>
</context>
<context>
    <name>samout::ProgressLine</name>
    <message>
        <source>Progress of the training</source>
        <translation>训练进度</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>第 %1 步，共 %2 步</translation>
    </message>
    <message>
        <source>Steps a second over the last seconds, everything included, and the time that the rest takes at this pace.</source>
        <translation>最近几秒内每秒的步数（包含一切），以及按此速度剩余的时间。</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>%1 steps/s</source>
        <translation>%1 步/秒</translation>
    </message>
    <message>
        <source>%1, %2 left</source>
        <translation>%1，剩余 %2</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min %2 s</source>
        <translation>%1 分 %2 秒</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <translation>%1 小时 %2 分</translation>
    </message>
</context>
<context>
    <name>samout::RunsModel</name>
    <message>
        <source>%1 nats a token</source>
        <translation>每个词元 %1 奈特</translation>
    </message>
    <message>
        <source>Not measured yet.</source>
        <translation>还没有测量。</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>运行中</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Damaged</source>
        <translation>已损坏</translation>
    </message>
    <message>
        <source>%1, %2 parameters, step %3, began %4</source>
        <translation>%1，%2 个参数，第 %3 步，开始于 %4</translation>
    </message>
    <message>
        <source>Loss %1, held-out loss %2</source>
        <translation>损失 %1，留出损失 %2</translation>
    </message>
    <message>
        <source>Began with step %1 of “%2”</source>
        <translation>从“%2”的第 %1 步开始</translation>
    </message>
    <message>
        <source>A click takes the star off.</source>
        <translation>点击去掉星标。</translation>
    </message>
    <message>
        <source>A click stars the run.</source>
        <translation>点击加上星标。</translation>
    </message>
    <message>
        <source>A program is training it now.</source>
        <translation>现在有程序正在训练它。</translation>
    </message>
    <message>
        <source>there is no trash, and none can be made.</source>
        <translation>没有回收站，也无法建立。</translation>
    </message>
    <message>
        <source>“%1” is being trained. Stop it first, then move it to the trash.</source>
        <translation>“%1”正在训练。请先停止，再移到回收站。</translation>
    </message>
    <message>
        <source>“%1” is not in the trash but where it was: %2</source>
        <translation>“%1”没有进回收站，仍在原处：%2</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>有星标</translation>
    </message>
    <message>
        <source>Not starred</source>
        <translation>没有星标</translation>
    </message>
    <message>
        <source>The runs that you starred.</source>
        <translation>你加了星标的训练。</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>A run is renamed with F2.</source>
        <translation>按 F2 重命名。</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>What the network learns from.</source>
        <translation>网络从中学习的内容。</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>Parameters: the numbers that are learnt.</source>
        <translation>参数：要学的数。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Updates made so far.</source>
        <translation>至今的更新次数。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Of the last step&apos;s batch, in nats a token.</source>
        <translation>最后一步那批数据的损失，奈特每词元。</translation>
    </message>
    <message>
        <source>Held-out loss</source>
        <translation>留出损失</translation>
    </message>
    <message>
        <source>The last that was measured on sequences that training never sees, in nats a token.</source>
        <translation>最近一次在训练从未见过的序列上测得的损失，奈特每词元。</translation>
    </message>
    <message>
        <source>Began</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>When the run was begun.</source>
        <translation>训练何时开始。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Whether it is being trained now, by whatever program.</source>
        <translation>现在是否有程序在训练它。</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>星标</translation>
    </message>
    <message>
        <source>A run needs a name; “%1” keeps its own.</source>
        <translation>训练需要名称；“%1”保持原名。</translation>
    </message>
</context>
<context>
    <name>samout::RunsPanel</name>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批大小</translation>
    </message>
    <message>
        <source>Sequence length</source>
        <translation>序列长度</translation>
    </message>
    <message>
        <source>Weights to begin with</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>Hidden</source>
        <translation>隐藏维</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>权重衰减</translation>
    </message>
    <message>
        <source>Gradient clipping</source>
        <translation>梯度裁剪</translation>
    </message>
    <message>
        <source>Warm-up steps</source>
        <translation>预热步数</translation>
    </message>
    <message>
        <source>Cosine decay</source>
        <translation>余弦衰减</translation>
    </message>
    <message>
        <source>Dropout</source>
        <translation>Dropout</translation>
    </message>
    <message>
        <source>Measured every</source>
        <translation>测量间隔</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>线程数</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Products in bfloat16</source>
        <translation>用 bfloat16 做乘法</translation>
    </message>
    <message>
        <source>Held-out share</source>
        <translation>留出比例</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>训练记录</translation>
    </message>
    <message>
        <source>Filter: name, data, note</source>
        <translation>筛选：名称、数据、备注</translation>
    </message>
    <message>
        <source>Shows the runs that have every word in their name, data or note.</source>
        <translation>只显示名称、数据或备注含有每个词的训练。</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Look at the chosen run as it was at each of its steps (Enter)</source>
        <translation>看所选训练在每一步的样子（回车）</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Train the chosen run on from where it stopped</source>
        <translation>从停下的地方继续训练</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Draw the losses of the chosen runs, two or more, over each other</source>
        <translation>把所选的两个或更多训练的损失画在一起</translation>
    </message>
    <message>
        <source>Duplicate settings</source>
        <translation>复制设置</translation>
    </message>
    <message>
        <source>Give the next training the settings of the chosen run</source>
        <translation>下一次训练用所选训练的设置</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>重命名</translation>
    </message>
    <message>
        <source>Give the chosen run another name (F2)</source>
        <translation>给所选训练另起名称（F2）</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Read and write the note of the chosen run below the list</source>
        <translation>在列表下方读写所选训练的备注</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>星标</translation>
    </message>
    <message>
        <source>Mark the chosen runs with a star, or take it off</source>
        <translation>给所选训练加上或去掉星标</translation>
    </message>
    <message>
        <source>Differing settings</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>Show below the list in which settings the chosen runs, two or more, differ</source>
        <translation>在列表下方显示所选训练有哪些设置不同</translation>
    </message>
    <message>
        <source>Move to trash…</source>
        <translation>移到回收站…</translation>
    </message>
    <message>
        <source>Move the chosen runs with all their files to the trash (Delete)</source>
        <translation>把所选训练连同全部文件移到回收站（Delete）</translation>
    </message>
    <message>
        <source>A note about this run: what was tried, what came of it. It is kept by itself.</source>
        <translation>关于这次训练的备注：试了什么，结果如何。会自动保存。</translation>
    </message>
    <message>
        <source>The chosen runs began with the same settings.</source>
        <translation>所选训练开始时的设置相同。</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>What else can be done with the chosen runs</source>
        <translation>还能对所选训练做什么</translation>
    </message>
    <message>
        <source>“%1” is being trained. Stop it first, then move it to the trash.</source>
        <translation>“%1”正在训练。请先停止，再移到回收站。</translation>
    </message>
    <message>
        <source>“%1”</source>
        <translation>“%1”</translation>
    </message>
    <message>
        <source>and %1 more</source>
        <translation>以及另外 %1 个</translation>
    </message>
    <message>
        <source>Move to trash</source>
        <translation>移到回收站</translation>
    </message>
    <message>
        <source>Move the run %1 to the trash?</source>
        <translation>把训练 %1 移到回收站吗？</translation>
    </message>
    <message>
        <source>Move these %1 runs to the trash?</source>
        <translation>把这 %1 个训练移到回收站吗？</translation>
    </message>
    <message>
        <source>All steps, snapshots and checkpoints go there, too. From the trash a run can be put back.</source>
        <translation>所有步、快照和检查点也一起移去。可以从回收站放回。</translation>
    </message>
    <message>
        <source>The runs are being read.</source>
        <translation>正在读取训练。</translation>
    </message>
    <message>
        <source>No run yet. Start a training: every training is kept here.</source>
        <translation>还没有训练。开始一次训练：每次训练都保存在这里。</translation>
    </message>
    <message>
        <source>No run has all these words in its name, data or note.</source>
        <translation>没有训练的名称、数据或备注含有所有这些词。</translation>
    </message>
    <message>
        <source>Take the star off</source>
        <translation>去掉星标</translation>
    </message>
    <message>
        <source>Snapshots (MB)</source>
        <translation>快照（MB）</translation>
    </message>
</context>
<context>
    <name>samout::SamplingForm</name>
    <message>
        <source>Temperature</source>
        <translation>温度</translation>
    </message>
    <message>
        <source>Divides the logits before the draw: below 1 the likely gets likelier; 0 always takes the likeliest token.</source>
        <translation>抽取前除以它：小于 1 时可能的更可能；0 总取最可能的词元。</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Draws only among the k likeliest tokens; 0 is all.</source>
        <translation>只在最可能的 k 个词元中抽取；0 为全部。</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Draws only among the likeliest tokens that together reach this probability; 1 is all.</source>
        <translation>只在合计达到此概率的最可能词元中抽取；1 为全部。</translation>
    </message>
    <message>
        <source>Length</source>
        <translation>长度</translation>
    </message>
    <message>
        <source>Tokens to write.</source>
        <translation>要写的词元数。</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>种子</translation>
    </message>
    <message>
        <source>Where the draw&apos;s randomness comes from: the same seed, weights and settings write the same text.</source>
        <translation>抽取的随机性来源：相同的种子、权重和设置写出相同的文本。</translation>
    </message>
    <message>
        <source>Clear after a token</source>
        <translation>在某词元后清空</translation>
    </message>
    <message>
        <source>Recompute over the newest</source>
        <translation>只按最新的词元重算</translation>
    </message>
    <message>
        <source>Carry for ever</source>
        <translation>一直携带</translation>
    </message>
    <message>
        <source>What happens to the running maximum as the text grows. It never decreases by itself: carried past the trained length it holds more than the network ever met, and the text decays.</source>
        <translation>文本变长时累计最大值如何处理。它自己从不减小：越过训练长度后，它装下的比网络见过的更多，文本会变坏。</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>After this token the state is empty again; ⏎ is the end of a line.</source>
        <translation>在此词元之后状态重新清空；⏎ 表示换行。</translation>
    </message>
    <message>
        <source>Token after which the state is cleared</source>
        <translation>清空状态的词元</translation>
    </message>
    <message>
        <source>Tokens looked back on</source>
        <translation>回看的词元数</translation>
    </message>
    <message>
        <source>For every token the state is computed anew from this many of the newest tokens; a token costs that much more.</source>
        <translation>每个词元都由这么多个最新词元重新计算状态，代价也随之增加。</translation>
    </message>
    <message>
        <source> tokens</source>
        <translation> 个词元</translation>
    </message>
    <message>
        <source>“%1” is no token of this network, so the memory cannot be cleared after it.</source>
        <translation>“%1”不是此网络的词元，无法在它之后清空记忆。</translation>
    </message>
</context>
<context>
    <name>samout::StatesPanel</name>
    <message>
        <source>States</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What every channel of a layer holds at every token of the text will be shown here: press Start to train.</source>
        <translation>这里将显示一层的每个通道在文本每个词元处保持的值：请按“开始”进行训练。</translation>
    </message>
    <message>
        <source>What the colours mean. A click locks the range, another one fits it again.</source>
        <translation>颜色的含义。单击锁定范围，再次单击重新适配。</translation>
    </message>
    <message>
        <source>state[t] = max(state[t-1], candidate[t]), for every channel by itself: all the memory there is.</source>
        <translation>state[t] = max(state[t-1], candidate[t])，各通道独立：这就是全部记忆。</translation>
    </message>
    <message>
        <source>candidate = Wo3 x: what this token offers to the state.</source>
        <translation>candidate = Wo3 x：此词元提供给状态的值。</translation>
    </message>
    <message>
        <source>base = (Wo + Wo1) x: what the token multiplies the state with.</source>
        <translation>base = (Wo + Wo1) x：词元与状态相乘的值。</translation>
    </message>
    <message>
        <source>shift = Wo2 x: what the token adds to base * state.</source>
        <translation>shift = Wo2 x：词元加到 base * state 上的值。</translation>
    </message>
    <message>
        <source>mixed = (base * state + shift) * state: what the layer reads out of its memory.</source>
        <translation>mixed = (base * state + shift) * state：本层从记忆中读出的内容。</translation>
    </message>
    <message>
        <source>value = ffn1(mixed).</source>
        <translation>value = ffn1(mixed)。</translation>
    </message>
    <message>
        <source>gate = relu(ffn_gate(mixed)): what of the value passes.</source>
        <translation>gate = relu(ffn_gate(mixed))：value 中通过的部分。</translation>
    </message>
    <message>
        <source>out = ffn2(value * gate): what the layer has to say.</source>
        <translation>out = ffn2(value * gate)：本层要说的内容。</translation>
    </message>
    <message>
        <source>norm = LayerNorm(alpha * out + (1 - alpha) * x): what is added to x.</source>
        <translation>norm = LayerNorm(alpha * out + (1 - alpha) * x)：加到 x 上的内容。</translation>
    </message>
    <message>
        <source>Fitted: the colours span what is shown (states: its 1 to 99 %); the range grows at once and shrinks slowly. Locked: it stays as it is, so that steps and layers compare.</source>
        <translation>适配：颜色覆盖所显示的值（状态：其 1 到 99 %）；范围立即扩大、缓慢缩小。锁定：保持不变，便于比较不同的步和层。</translation>
    </message>
    <message>
        <source>Show: %1</source>
        <translation>显示：%1</translation>
    </message>
    <message>
        <source>Range: %1</source>
        <translation>范围：%1</translation>
    </message>
    <message>
        <source>fitted</source>
        <translation>适配</translation>
    </message>
    <message>
        <source>locked</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>The order of the rows, the colours, and marks where states change.</source>
        <translation>行的次序、颜色，以及状态变化处的标记。</translation>
    </message>
    <message>
        <source>Rows in stored order</source>
        <translation>按存储次序排列</translation>
    </message>
    <message>
        <source>The channels as in the weights.</source>
        <translation>通道次序与权重中相同。</translation>
    </message>
    <message>
        <source>Rows by effect</source>
        <translation>按作用排列</translation>
    </message>
    <message>
        <source>The channels with the largest root mean square of mixed over the tokens first.</source>
        <translation>mixed 在各词元上均方根最大的通道在前。</translation>
    </message>
    <message>
        <source>Rows by winner</source>
        <translation>按胜者排列</translation>
    </message>
    <message>
        <source>By the position that holds the last token&apos;s state, then by since when it is held.</source>
        <translation>按最后一个词元的状态由哪个位置保持，再按自何时保持。</translation>
    </message>
    <message>
        <source>Colours of magnitudes: %1</source>
        <translation>数值的颜色：%1</translation>
    </message>
    <message>
        <source>Changes: tick where a state strictly rises</source>
        <translation>变化：在状态严格上升处标记</translation>
    </message>
    <message>
        <source>Drawn where the cells are wide enough.</source>
        <translation>在格子足够宽时画出。</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
</context>
<context>
    <name>samout::TextBar</name>
    <message>
        <source>Text to look at</source>
        <translation>观察的文本</translation>
    </message>
    <message>
        <source>The panels show what the network makes of this text, read from an empty state. ⏎ is the end of a line.</source>
        <translation>各面板显示网络从空状态读这段文本的结果。⏎ 表示换行。</translation>
    </message>
    <message>
        <source>The data&apos;s example stands here once a training starts; type what you want to look at.</source>
        <translation>训练开始后这里是数据的示例；请输入想观察的内容。</translation>
    </message>
    <message>
        <source>What is under the pointer</source>
        <translation>指针下的内容</translation>
    </message>
    <message>
        <source>Move the pointer over a panel to read its numbers here.</source>
        <translation>把指针移到面板上，这里会显示其数值。</translation>
    </message>
</context>
<context>
    <name>samout::Timeline</name>
    <message>
        <source>One snapshot back</source>
        <translation>后退一个快照</translation>
    </message>
    <message>
        <source>Play from here: one snapshot after the other</source>
        <translation>从这里播放：一个快照接一个</translation>
    </message>
    <message>
        <source>One snapshot on</source>
        <translation>前进一个快照</translation>
    </message>
    <message>
        <source>Keep this snapshot for good, or no longer</source>
        <translation>永久保留这个快照，或不再保留</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Compare other steps with this one, on the same text</source>
        <translation>用同一段文字把其他步与这一步比较</translation>
    </message>
    <message>
        <source>Train from here</source>
        <translation>从这里训练</translation>
    </message>
    <message>
        <source>Start a new run with these weights and the settings of the Train panel</source>
        <translation>用这些权重和“训练”面板的设置开始新的训练</translation>
    </message>
    <message>
        <source>Newest (L)</source>
        <translation>最新（L）</translation>
    </message>
    <message>
        <source>Back to the newest step</source>
        <translation>回到最新一步</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Stop training this step again</source>
        <translation>停止重新训练这一步</translation>
    </message>
    <message>
        <source>Training the step again: %v of %m</source>
        <translation>正在重新训练这一步：%v / %m</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>What the network wrote at this step</source>
        <translation>网络在这一步写的内容</translation>
    </message>
    <message>
        <source>newest</source>
        <translation>最新</translation>
    </message>
    <message>
        <source>It wrote at step %1: %2</source>
        <translation>第 %1 步时它写道：%2</translation>
    </message>
</context>
<context>
    <name>samout::TimelineStrip</name>
    <message>
        <source>Timeline of the run</source>
        <translation>训练的时间线</translation>
    </message>
    <message>
        <source>The run from its first step: the loss, a mark below for every snapshot and above for every sample. Drag or use the arrow keys to look at a snapshot; double-click trains exactly that step again.</source>
        <translation>从第一步起的训练：损失曲线，下方每个刻度是一个快照，上方每个刻度是一段样本。拖动或用方向键查看快照；双击会重新训练到那一步。</translation>
    </message>
    <message>
        <source>The steps of a training appear here.</source>
        <translation>训练的各步会出现在这里。</translation>
    </message>
    <message>
        <source>step %1, loss %2</source>
        <translation>第 %1 步，损失 %2</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>; changed here: %1 = %2</source>
        <translation>；在此处改变：%1 = %2</translation>
    </message>
</context>
<context>
    <name>samout::TrainPanel</name>
    <message>
        <source>Train</source>
        <translation>训练</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Settings of the next training</source>
        <translation>下一次训练的设置</translation>
    </message>
    <message>
        <source>The numbers of the last step will be here. Press Start.</source>
        <translation>这里将显示最后一步的数值。请按“开始”。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Updates made so far.</source>
        <translation>至今的更新次数。</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>Mean of -ln p(next token) over the batch&apos;s tokens, in nats, before this step&apos;s update.</source>
        <translation>批次各词元上 -ln p(下一个词元) 的平均值，单位奈特，在本步更新之前。</translation>
    </message>
    <message>
        <source>Held-out loss</source>
        <translation>留出损失</translation>
    </message>
    <message>
        <source>The same over sequences that training never sees, after the update, on the steps that measure it.</source>
        <translation>在训练从未见过的序列上的同一数值，于更新之后，只在测量的步上。</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>What this step used, warm-up and cosine included.</source>
        <translation>本步所用的值，包含预热和余弦。</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>The length of the whole gradient as one vector (L2), before clipping.</source>
        <translation>整个梯度作为一个向量的长度（L2），裁剪之前。</translation>
    </message>
    <message>
        <source>Steps a second</source>
        <translation>每秒步数</translation>
    </message>
    <message>
        <source>From batch to update, smoothed over about twenty steps.</source>
        <translation>从批次到更新，约二十步的平滑值。</translation>
    </message>
    <message>
        <source>Tokens a second</source>
        <translation>每秒词元数</translation>
    </message>
    <message>
        <source>Targets that count, smoothed over about twenty steps.</source>
        <translation>计入的目标数，约二十步的平滑值。</translation>
    </message>
    <message>
        <source>Another learning rate for this training, from the next step on; warm-up and cosine scale it.</source>
        <translation>从下一步起为本次训练换一个学习率；预热和余弦会缩放它。</translation>
    </message>
    <message>
        <source>Learning rate from the next step on</source>
        <translation>从下一步起的学习率</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>“%1” is no number for the learning rate; it should be above 0, as 0.001.</source>
        <translation>“%1”不是可用的学习率；它应当大于 0，如 0.001。</translation>
    </message>
    <message>
        <source>The learning rate is %1 from the next step on.</source>
        <translation>从下一步起学习率为 %1。</translation>
    </message>
    <message>
        <source>%1 parameters, trained on %2.</source>
        <translation>%1 个参数，在 %2 上训练。</translation>
    </message>
    <message>
        <source>%1 nats a token</source>
        <translation>%1 奈特/词元</translation>
    </message>
    <message>
        <source>%1 nats a token, measured at step %2</source>
        <translation>%1 奈特/词元，在第 %2 步测得</translation>
    </message>
    <message>
        <source>%1 s for the last step</source>
        <translation>最后一步用时 %1 秒</translation>
    </message>
</context>
<context>
    <name>samout::TrainingControls</name>
    <message>
        <source>Start</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>单步</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Start, pause or go on</source>
        <translation>开始、暂停或继续</translation>
    </message>
    <message>
        <source>Pause after the step that runs (Space)</source>
        <translation>在当前步完成后暂停（空格）</translation>
    </message>
    <message>
        <source>Train one step and pause (S)</source>
        <translation>训练一步后暂停（S）</translation>
    </message>
    <message>
        <source>End this training after the step that runs (Shift+Esc)</source>
        <translation>在当前步完成后结束训练（Shift+Esc）</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Go on with this training (Space)</source>
        <translation>继续这次训练（空格）</translation>
    </message>
    <message>
        <source>Start a new training with these settings (Space)</source>
        <translation>用这些设置开始新的训练（空格）</translation>
    </message>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Preparing…</source>
        <translation>正在准备…</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>训练中</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>正在暂停…</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
</context>
</TS>
