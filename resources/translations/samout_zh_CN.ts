<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>CellLines</name>
    <message>
        <source>x</source>
        <translation>x</translation>
    </message>
    <message>
        <source>what enters the layer</source>
        <translation>进入本层的值</translation>
    </message>
    <message>
        <source>Reads</source>
        <translation>读取</translation>
    </message>
    <message>
        <source>before</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>Remembers</source>
        <translation>记住</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>set by you</source>
        <translation>由你设定</translation>
    </message>
    <message>
        <source>held since an edit</source>
        <translation>自一次编辑起保持</translation>
    </message>
    <message>
        <source>new here</source>
        <translation>此处新值</translation>
    </message>
    <message>
        <source>silenced by you</source>
        <translation>被你屏蔽</translation>
    </message>
    <message>
        <source>Thinks</source>
        <translation>思考</translation>
    </message>
    <message>
        <source>blend</source>
        <translation>blend</translation>
    </message>
    <message>
        <source>Passes on</source>
        <translation>传递</translation>
    </message>
    <message>
        <source>centred</source>
        <translation>centred</translation>
    </message>
    <message>
        <source>(blend − mean) / deviation</source>
        <translation>(blend − 均值) / 标准差</translation>
    </message>
    <message>
        <source>Mean and standard deviation of blend over all channels; computed again here.</source>
        <translation>blend 在所有通道上的均值和标准差；在此处重新计算。</translation>
    </message>
    <message>
        <source>centred · weight + bias</source>
        <translation>centred · 权重 + 偏置</translation>
    </message>
    <message>
        <source>new x</source>
        <translation>新的 x</translation>
    </message>
    <message>
        <source>Here it was set by you.</source>
        <translation>此处由你设定。</translation>
    </message>
    <message>
        <source>%1 products</source>
        <translation>%1 个乘积</translation>
    </message>
    <message>
        <source>%1 products and a bias</source>
        <translation>%1 个乘积和一个偏置</translation>
    </message>
    <message>
        <source>the embedding of %1</source>
        <translation>%1 的嵌入</translation>
    </message>
    <message>
        <source>what layer %1 passed on</source>
        <translation>第 %1 层传下来的值</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>%1 offered the same again.</source>
        <translation>%1 又提供了相同的值。</translation>
    </message>
    <message>
        <source>Alpha, %1, is one learnt number of the layer: how much of the new it lets in.</source>
        <translation>Alpha（%1）是本层学得的一个数：本层让多少新内容进入。</translation>
    </message>
    <message>
        <source>%1 as trained</source>
        <translation>训练所得为 %1</translation>
    </message>
    <message>
        <source>All that the channel remembers of the tokens before.</source>
        <translation>该通道对之前词元记住的全部内容。</translation>
    </message>
    <message>
        <source>The sum is computed again here.</source>
        <translation>这里重新计算了这个和。</translation>
    </message>
    <message>
        <source>A click on the token that it is from goes there.</source>
        <translation>点击它所来自的词元即可前往该处。</translation>
    </message>
</context>
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
    <message>
        <source>a token after %1, up to %2</source>
        <translation>%1 之后、至多到 %2 的一个词元</translation>
    </message>
</context>
<context>
    <name>TextTokens</name>
    <message>
        <source> One token of every %1 is shown.</source>
        <translation> 每 %1 个词元显示一个。</translation>
    </message>
</context>
<context>
    <name>core</name>
    <message>
        <source>Cannot write {0}: the folder {1} does not exist. Make it, or choose another.</source>
        <translation>无法写入 {0}：文件夹 {1} 不存在。请建立它，或另选一个。</translation>
    </message>
    <message>
        <source>Cannot write {0}: {1} is not a folder. Choose another place.</source>
        <translation>无法写入 {0}：{1} 不是文件夹。请另选一个位置。</translation>
    </message>
    <message>
        <source>Cannot write {0}: the folder {1} is read-only. Choose one that can be written to.</source>
        <translation>无法写入 {0}：文件夹 {1} 是只读的。请选择可以写入的文件夹。</translation>
    </message>
    <message>
        <source>Cannot write {0}: the disk is full. The file needs {1} bytes; make room, or choose another disk.</source>
        <translation>无法写入 {0}：磁盘已满。该文件需要 {1} 字节；请腾出空间，或另选一个磁盘。</translation>
    </message>
    <message>
        <source>Cannot write {0}: the name is too long. Choose a shorter one.</source>
        <translation>无法写入 {0}：名称太长。请选用较短的名称。</translation>
    </message>
    <message>
        <source>Cannot write {0}: {1}.</source>
        <translation>无法写入 {0}：{1}。</translation>
    </message>
    <message>
        <source>There is no file {0}.</source>
        <translation>没有文件 {0}。</translation>
    </message>
    <message>
        <source>Cannot read {0}: {1}.</source>
        <translation>无法读取 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} is a folder; a file is needed.</source>
        <translation>{0} 是文件夹；这里需要文件。</translation>
    </message>
    <message>
        <source>{0} is not a regular file.</source>
        <translation>{0} 不是普通文件。</translation>
    </message>
    <message>
        <source>{0} is cut short: it has {1} bytes and should have more.</source>
        <translation>{0} 不完整：它只有 {1} 字节，应当更多。</translation>
    </message>
    <message>
        <source>{0} became shorter while it was read.</source>
        <translation>{0} 在读取时变短了。</translation>
    </message>
    <message>
        <source>Cannot write &quot;{0}&quot;: it is not the name of a file.</source>
        <translation>无法写入“{0}”：它不是文件名。</translation>
    </message>
    <message>
        <source>Cannot write {0}: it is a folder. Choose another name.</source>
        <translation>无法写入 {0}：它是文件夹。请另选一个名称。</translation>
    </message>
    <message>
        <source>Cannot write {0}: it is not a regular file. Choose another name.</source>
        <translation>无法写入 {0}：它不是普通文件。请另选一个名称。</translation>
    </message>
    <message>
        <source>{0} is written, but the disk did not confirm it: {1}.</source>
        <translation>{0} 已写入，但磁盘没有确认：{1}。</translation>
    </message>
    <message>
        <source>{0} is no run folder: there is no snapshots/step-N.safetensors in it.</source>
        <translation>{0} 不是训练的文件夹：其中没有 snapshots/step-N.safetensors。</translation>
    </message>
    <message>
        <source>{0}: its metadata gives &quot;{1}&quot; as {2}; it should be a whole number that is not negative.</source>
        <translation>{0}：其元数据把 {2} 记为“{1}”；它应当是不小于 0 的整数。</translation>
    </message>
    <message>
        <source>{0} is no SamOut network: the tensor &quot;em.weight&quot; is missing.</source>
        <translation>{0} 不是 SamOut 网络：缺少张量“em.weight”。</translation>
    </message>
    <message>
        <source>{0}: the tensor &quot;em.weight&quot; has the shape {1}; it should be [vocabulary, hidden].</source>
        <translation>{0}：张量“em.weight”的形状是 {1}；应当是 [词表大小, 隐藏大小]。</translation>
    </message>
    <message>
        <source>{0} is no SamOut network: it has no tensor &quot;decoder_layers.0.alpha&quot;.</source>
        <translation>{0} 不是 SamOut 网络：没有张量“decoder_layers.0.alpha”。</translation>
    </message>
    <message>
        <source>{0}: its metadata gives {1} as {2}, its tensors have {3}; the two should be the same.</source>
        <translation>{0}：其元数据把 {2} 记为 {1}，而其张量是 {3}；两者应当相同。</translation>
    </message>
    <message>
        <source>{0}: {1}</source>
        <translation>{0}：{1}</translation>
    </message>
    <message>
        <source>{0}: the tensor &quot;{1}&quot;</source>
        <translation>{0}：张量“{1}”</translation>
    </message>
    <message>
        <source>{0} is missing; a network of {1} layers has it.</source>
        <translation>缺少{0}；有 {1} 层的网络应当有它。</translation>
    </message>
    <message>
        <source>{0} has the shape {1}; it should be {2}.</source>
        <translation>{0}的形状是 {1}；应当是 {2}。</translation>
    </message>
    <message>
        <source>{0} has the type {1}; it should be F32, F64, F16 or BF16.</source>
        <translation>{0}的类型是 {1}；应当是 F32、F64、F16 或 BF16。</translation>
    </message>
    <message>
        <source>{0}: the tensor &quot;{1}&quot; is no part of a SamOut network of {2} layers.</source>
        <translation>{0}：张量“{1}”不属于有 {2} 层的 SamOut 网络。</translation>
    </message>
    <message>
        <source>{0}: its vocabulary</source>
        <translation>{0} 的词表</translation>
    </message>
    <message>
        <source>{0} has {1} symbols; the network has {2} tokens. The two should be the same.</source>
        <translation>{0}有 {1} 个符号；网络有 {2} 个词元。两者应当相同。</translation>
    </message>
    <message>
        <source>{0} is no model: its name should end in .safetensors, .pth or .pt, or it should be a run folder.</source>
        <translation>{0} 不是模型：其名称应当以 .safetensors、.pth 或 .pt 结尾，或者它应当是训练的文件夹。</translation>
    </message>
    <message>
        <source>Cannot save a model as {0}: the name should end in .safetensors, .pth or .pt.</source>
        <translation>无法把模型保存为 {0}：名称应当以 .safetensors、.pth 或 .pt 结尾。</translation>
    </message>
    <message>
        <source>{0} holds no dict of tensors; save torch.save(network.state_dict(), file).</source>
        <translation>{0} 中没有由张量组成的 dict；请用 torch.save(network.state_dict(), file) 保存。</translation>
    </message>
    <message>
        <source>{0} holds no tensors; save torch.save(network.state_dict(), file).</source>
        <translation>{0} 中没有张量；请用 torch.save(network.state_dict(), file) 保存。</translation>
    </message>
    <message>
        <source>{0} is damaged, or no state_dict: {1}.</source>
        <translation>{0} 已损坏，或者不是 state_dict：{1}。</translation>
    </message>
    <message>
        <source>its pickle ends too early</source>
        <translation>其 pickle 结束得太早</translation>
    </message>
    <message>
        <source>its pickle has more values than any state_dict</source>
        <translation>其 pickle 的值比任何 state_dict 都多</translation>
    </message>
    <message>
        <source>its pickle has more tensors than any state_dict</source>
        <translation>其 pickle 的张量比任何 state_dict 都多</translation>
    </message>
    <message>
        <source>its pickle takes from an empty stack</source>
        <translation>其 pickle 从空的栈中取值</translation>
    </message>
    <message>
        <source>its pickle appends to what is no list and no dict</source>
        <translation>其 pickle 向既不是列表也不是 dict 的东西追加内容</translation>
    </message>
    <message>
        <source>its pickle has a key without a value</source>
        <translation>其 pickle 中有一个键没有值</translation>
    </message>
    <message>
        <source>its pickle refers to a value that it does not hold</source>
        <translation>其 pickle 引用了它没有的值</translation>
    </message>
    <message>
        <source>its pickle has something else where {0} should be</source>
        <translation>其 pickle 在应当有{0}的地方是别的东西</translation>
    </message>
    <message>
        <source>{0} holds tensors of the type {1}; they should be Float, Double, Half, BFloat16, Long, Int, Byte or Bool.</source>
        <translation>{0} 中有类型为 {1} 的张量；应当是 Float、Double、Half、BFloat16、Long、Int、Byte 或 Bool。</translation>
    </message>
    <message>
        <source>{0} asks for &quot;{1}&quot;, which weights have no need of and which could run code, so it was not loaded. Save the weights alone: torch.save(network.state_dict(), file).</source>
        <translation>{0} 要求“{1}”，权重并不需要它，而它可能运行代码，所以没有载入。请只保存权重：torch.save(network.state_dict(), file)。</translation>
    </message>
    <message>
        <source>a function</source>
        <translation>函数</translation>
    </message>
    <message>
        <source>a function&apos;s arguments</source>
        <translation>函数的参数</translation>
    </message>
    <message>
        <source>its pickle fills an OrderedDict in a way of Python 2</source>
        <translation>其 pickle 以 Python 2 的方式填充 OrderedDict</translation>
    </message>
    <message>
        <source>its pickle describes a tensor by too little</source>
        <translation>其 pickle 对张量的描述太少</translation>
    </message>
    <message>
        <source>a list of sizes</source>
        <translation>大小列表</translation>
    </message>
    <message>
        <source>a tensor</source>
        <translation>张量</translation>
    </message>
    <message>
        <source>a storage</source>
        <translation>存储</translation>
    </message>
    <message>
        <source>its pickle refers to something that is no storage</source>
        <translation>其 pickle 引用了不是存储的东西</translation>
    </message>
    <message>
        <source>a storage&apos;s type</source>
        <translation>存储的类型</translation>
    </message>
    <message>
        <source>a storage&apos;s key</source>
        <translation>存储的键</translation>
    </message>
    <message>
        <source>a storage&apos;s size</source>
        <translation>存储的大小</translation>
    </message>
    <message>
        <source>the key of a storage in it is longer than any</source>
        <translation>其中一个存储的键过长</translation>
    </message>
    <message>
        <source>a tensor in it has more than {0} dimensions</source>
        <translation>其中一个张量的维数多于 {0}</translation>
    </message>
    <message>
        <source>a size</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>a tensor in it has a negative size or stride</source>
        <translation>其中一个张量有负的大小或步幅</translation>
    </message>
    <message>
        <source>an offset</source>
        <translation>偏移量</translation>
    </message>
    <message>
        <source>a tensor in it has {0} dimensions and {1} strides</source>
        <translation>其中一个张量有 {0} 个维度和 {1} 个步幅</translation>
    </message>
    <message>
        <source>a tensor of the shape {0} lies outside its storage of {1} numbers</source>
        <translation>一个形状为 {0} 的张量超出了它有 {1} 个数的存储</translation>
    </message>
    <message>
        <source>its pickle has the protocol {0}; 2 to 5 are known</source>
        <translation>其 pickle 的协议是 {0}；已知的是 2 到 5</translation>
    </message>
    <message>
        <source>a module&apos;s name</source>
        <translation>模块的名称</translation>
    </message>
    <message>
        <source>a function&apos;s name</source>
        <translation>函数的名称</translation>
    </message>
    <message>
        <source>a dict</source>
        <translation>dict</translation>
    </message>
    <message>
        <source>its pickle has the instruction {0}, which a state_dict has no need of</source>
        <translation>其 pickle 中有指令 {0}，而 state_dict 并不需要它</translation>
    </message>
    <message>
        <source>its pickle has more than it should</source>
        <translation>其 pickle 的内容比应有的多</translation>
    </message>
    <message>
        <source>{0} has {1} where a whole number that is not negative should be.</source>
        <translation>{0}在应当是不小于 0 的整数之处是 {1}。</translation>
    </message>
    <message>
        <source>{0} has no &quot;{1}&quot;.</source>
        <translation>{0}没有“{1}”。</translation>
    </message>
    <message>
        <source>{0} is not described by an object with dtype, shape and data_offsets.</source>
        <translation>{0}没有用带 dtype、shape 和 data_offsets 的对象来描述。</translation>
    </message>
    <message>
        <source>{0} has the type {1}; it should be F32, F64, F16, BF16, I64, I32, U8 or BOOL.</source>
        <translation>{0}的类型是 {1}；应当是 F32、F64、F16、BF16、I64、I32、U8 或 BOOL。</translation>
    </message>
    <message>
        <source>{0} has no list of sizes as its shape.</source>
        <translation>{0}的 shape 不是大小列表。</translation>
    </message>
    <message>
        <source>{0} has a size of {1}, more than any file can hold.</source>
        <translation>{0}有一个大小为 {1}，比任何文件能容纳的都大。</translation>
    </message>
    <message>
        <source>{0} has no pair of numbers as its data_offsets.</source>
        <translation>{0}的 data_offsets 不是一对数。</translation>
    </message>
    <message>
        <source>{0} has the shape {1}, more than any file can hold.</source>
        <translation>{0}的形状是 {1}，比任何文件能容纳的都大。</translation>
    </message>
    <message>
        <source>{0} lies from byte {1} to {2}; its type and shape {3} take {4} bytes.</source>
        <translation>{0}从第 {1} 字节到第 {2} 字节；而它的类型和形状 {3} 占 {4} 字节。</translation>
    </message>
    <message>
        <source>{0}: the tensor &quot;{1}&quot; begins at byte {2} of the data; it should begin at {3}, where the one before it ends.</source>
        <translation>{0}：张量“{1}”从数据的第 {2} 字节开始；应当从第 {3} 字节开始，即前一个张量结束之处。</translation>
    </message>
    <message>
        <source>{0} is cut short: its tensors take {1} bytes, and it holds {2} of them.</source>
        <translation>{0} 不完整：其张量占 {1} 字节，而它只有其中的 {2} 字节。</translation>
    </message>
    <message>
        <source>{0} is too long: {1} bytes at its end belong to no tensor.</source>
        <translation>{0} 太长：末尾有 {1} 字节不属于任何张量。</translation>
    </message>
    <message>
        <source>{0}: its metadata is not an object of texts.</source>
        <translation>{0}：其元数据不是由文本组成的对象。</translation>
    </message>
    <message>
        <source>{0}: its metadata &quot;{1}&quot; is not a text.</source>
        <translation>{0}：其元数据“{1}”不是文本。</translation>
    </message>
    <message>
        <source>{0} is empty.</source>
        <translation>{0} 是空的。</translation>
    </message>
    <message>
        <source>{0} is cut short: it has {1} bytes, and a safetensors file begins with 8.</source>
        <translation>{0} 不完整：它有 {1} 字节，而 safetensors 文件以 8 字节开头。</translation>
    </message>
    <message>
        <source>{0} is no safetensors file, or is cut short: it promises a header of {1} bytes, and {2} bytes follow (a header has at most {3}).</source>
        <translation>{0} 不是 safetensors 文件，或者不完整：它声明有 {1} 字节的文件头，而后面有 {2} 字节（文件头最多 {3} 字节）。</translation>
    </message>
    <message>
        <source>{0} is no safetensors file: its header does not begin with &quot;{{&quot;.</source>
        <translation>{0} 不是 safetensors 文件：其文件头不以“{{”开头。</translation>
    </message>
    <message>
        <source>{0}: its header</source>
        <translation>{0} 的文件头</translation>
    </message>
    <message>
        <source>Cannot write {0}: no tensor may be named &quot;{1}&quot;.</source>
        <translation>无法写入 {0}：张量不能命名为“{1}”。</translation>
    </message>
    <message>
        <source>Cannot write {0}: the tensor &quot;{1}&quot; of the shape {2} has {3} bytes.</source>
        <translation>无法写入 {0}：形状为 {2} 的张量“{1}”有 {3} 字节。</translation>
    </message>
    <message>
        <source>Cannot write {0}: a name or a text in it is not UTF-8.</source>
        <translation>无法写入 {0}：其中有名称或文本不是 UTF-8。</translation>
    </message>
    <message>
        <source>Cannot write {0}: its header would have {1} bytes; it may have at most {2}.</source>
        <translation>无法写入 {0}：其文件头会有 {1} 字节；最多只能有 {2} 字节。</translation>
    </message>
    <message>
        <source>Load it in Python and save it again with torch.save of PyTorch 1.6 or later.</source>
        <translation>请在 Python 中载入它，再用 PyTorch 1.6 或更新版本的 torch.save 保存。</translation>
    </message>
    <message>
        <source>{0} is in the format of PyTorch before 1.6 (or a bare pickle), which is not read here. {1}</source>
        <translation>{0} 是 PyTorch 1.6 之前的格式（或者只是 pickle），这里不读取。{1}</translation>
    </message>
    <message>
        <source>{0} is a tar, the format of PyTorch before 0.2, which is not read here. {1}</source>
        <translation>{0} 是 tar，即 PyTorch 0.2 之前的格式，这里不读取。{1}</translation>
    </message>
    <message>
        <source>{0} is no file that torch.save wrote, or it is damaged: it does not begin as a zip.</source>
        <translation>{0} 不是 torch.save 写的文件，或者已损坏：它的开头不是 zip。</translation>
    </message>
    <message>
        <source>{0} is a zip, but none that torch.save wrote: there is no data.pkl in it.</source>
        <translation>{0} 是 zip，但不是 torch.save 写的：其中没有 data.pkl。</translation>
    </message>
    <message>
        <source>{0} is a TorchScript program; save its weights alone: torch.save(network.state_dict(), file).</source>
        <translation>{0} 是 TorchScript 程序；请只保存它的权重：torch.save(network.state_dict(), file)。</translation>
    </message>
    <message>
        <source>{0} was saved on a big-endian machine; save it again on a little-endian one.</source>
        <translation>{0} 是在大端机器上保存的；请在小端机器上重新保存。</translation>
    </message>
    <message>
        <source>{0} has a pickle of {1} bytes; a state_dict has at most {2}.</source>
        <translation>{0} 有 {1} 字节的 pickle；state_dict 最多有 {2} 字节。</translation>
    </message>
    <message>
        <source>{0}: its tensors would take far more memory than the file has bytes (at &quot;{1}&quot; of the shape {2}).</source>
        <translation>{0}：其张量所占内存会远远超过文件的字节数（在形状为 {2} 的“{1}”处）。</translation>
    </message>
    <message>
        <source>{0}: the storage of the tensor &quot;{1}&quot; has {2} bytes; it should have {3} numbers of {4} bytes.</source>
        <translation>{0}：张量“{1}”的存储有 {2} 字节；应当有 {3} 个各 {4} 字节的数。</translation>
    </message>
    <message>
        <source>A tensor of whole numbers ({0}) cannot stand where F32 numbers are needed.</source>
        <translation>整数张量（{0}）不能用在需要 F32 数的地方。</translation>
    </message>
    <message>
        <source>A tensor of fractions ({0}) cannot stand where whole numbers are needed.</source>
        <translation>小数张量（{0}）不能用在需要整数的地方。</translation>
    </message>
    <message>
        <source>{0} has a list of more than {1} elements.</source>
        <translation>{0}有一个多于 {1} 个元素的列表。</translation>
    </message>
    <message>
        <source>{0} is nested deeper than it should be.</source>
        <translation>{0}的嵌套过深。</translation>
    </message>
    <message>
        <source>{0} has the name &quot;{1}&quot; twice.</source>
        <translation>{0}中名称“{1}”出现了两次。</translation>
    </message>
    <message>
        <source>{0} is not valid JSON: the file is damaged or of another kind.</source>
        <translation>{0}不是有效的 JSON：文件已损坏，或是另一种文件。</translation>
    </message>
    <message>
        <source>{0} is not a list of texts.</source>
        <translation>{0}不是文本列表。</translation>
    </message>
    <message>
        <source>{0} is damaged or cut short: {1}.</source>
        <translation>{0} 已损坏或不完整：{1}。</translation>
    </message>
    <message>
        <source>it is too short for a zip</source>
        <translation>它太短，不可能是 zip</translation>
    </message>
    <message>
        <source>the list of its records does not stand at its end</source>
        <translation>其记录列表不在文件末尾</translation>
    </message>
    <message>
        <source>the list of its records is not where it should be</source>
        <translation>其记录列表不在应在的位置</translation>
    </message>
    <message>
        <source>the list of its records is longer than the file</source>
        <translation>其记录列表比文件还长</translation>
    </message>
    <message>
        <source>the list of its records ends too early</source>
        <translation>其记录列表结束得太早</translation>
    </message>
    <message>
        <source>{0}: the record &quot;{1}&quot; is compressed or encrypted; torch.save writes records as they are.</source>
        <translation>{0}：记录“{1}”被压缩或加密；torch.save 会原样写入记录。</translation>
    </message>
    <message>
        <source>it has the record &quot;{0}&quot; twice</source>
        <translation>其中记录“{0}”出现了两次</translation>
    </message>
    <message>
        <source>the list of its records has more than it should</source>
        <translation>其记录列表的内容比应有的多</translation>
    </message>
    <message>
        <source>the record &quot;{0}&quot; is missing</source>
        <translation>缺少记录“{0}”</translation>
    </message>
    <message>
        <source>the record &quot;{0}&quot; lies beyond its end</source>
        <translation>记录“{0}”超出了文件末尾</translation>
    </message>
    <message>
        <source>the record &quot;{0}&quot; is not where it should be</source>
        <translation>记录“{0}”不在应在的位置</translation>
    </message>
    <message>
        <source>the record &quot;{0}&quot; does not agree with its checksum</source>
        <translation>记录“{0}”与其校验和不符</translation>
    </message>
    <message>
        <source>A .pth file of ours holds at most 4 GB; save this as .safetensors.</source>
        <translation>本程序写的 .pth 文件最多 4 GB；请把它保存为 .safetensors。</translation>
    </message>
    <message>
        <source>no NVIDIA driver was found</source>
        <translation>没有找到 NVIDIA 驱动程序</translation>
    </message>
    <message>
        <source>the CUDA part of LibTorch could not be loaded ({0})</source>
        <translation>无法载入 LibTorch 的 CUDA 部分（{0}）</translation>
    </message>
    <message>
        <source>this LibTorch and the NVIDIA driver do not work together</source>
        <translation>此 LibTorch 与 NVIDIA 驱动程序不能配合工作</translation>
    </message>
    <message>
        <source>There is no device &quot;{0}&quot;: {1}. There is: {2}.</source>
        <translation>没有设备“{0}”：{1}。现有：{2}。</translation>
    </message>
    <message>
        <source>There is no device &quot;{0}&quot;. There is: {1}.</source>
        <translation>没有设备“{0}”。现有：{1}。</translation>
    </message>
    <message>
        <source>The temperature is {0}; it should be 0 (the likeliest token) or above, as 0.8.</source>
        <translation>温度是 {0}；应当是 0（最可能的词元）或更大，如 0.8。</translation>
    </message>
    <message>
        <source>Top-k is {0}; it should be 0 (all tokens) or above.</source>
        <translation>Top-k 是 {0}；应当是 0（所有词元）或更大。</translation>
    </message>
    <message>
        <source>Top-p is {0}; it should be above 0 and at most 1 (all tokens).</source>
        <translation>Top-p 是 {0}；应当大于 0 且不超过 1（所有词元）。</translation>
    </message>
    <message>
        <source>The network&apos;s output is not a number (NaN), so no token can be drawn from it.</source>
        <translation>网络的输出不是数（NaN），所以无法从中抽取词元。</translation>
    </message>
    <message>
        <source>There is no position {0}; the text has the positions 0 to {1}.</source>
        <translation>没有位置 {0}；此文本有位置 0 到 {1}。</translation>
    </message>
    <message>
        <source>The data has token {0}; the network&apos;s vocabulary has the tokens 0 to {1}.</source>
        <translation>数据中有词元 {0}；网络的词表有词元 0 到 {1}。</translation>
    </message>
    <message>
        <source>There is no network to look at yet.</source>
        <translation>还没有可以观察的网络。</translation>
    </message>
    <message>
        <source>The text to look at is empty; it should have at least one token.</source>
        <translation>要观察的文本是空的；至少应当有一个词元。</translation>
    </message>
    <message>
        <source>The text has token {0}; the vocabulary has 0 to {1}.</source>
        <translation>文本中有词元 {0}；词表有 0 到 {1}。</translation>
    </message>
    <message>
        <source>No target counts: all of them are the padding token.</source>
        <translation>没有可以计入的目标：它们全是填充词元。</translation>
    </message>
    <message>
        <source>No channel is chosen; choose at least one.</source>
        <translation>没有选择通道；请至少选择一个。</translation>
    </message>
    <message>
        <source>A passage has {0} tokens; it should have at least one.</source>
        <translation>段落有 {0} 个词元；至少应当有一个。</translation>
    </message>
    <message>
        <source>There is no channel {0}; the network has the channels 0 to {1}.</source>
        <translation>没有通道 {0}；此网络有通道 0 到 {1}。</translation>
    </message>
    <message>
        <source>The two networks did not read the same passages; both should read the same.</source>
        <translation>两个网络读的不是相同的段落；两者应当读相同的段落。</translation>
    </message>
    <message>
        <source>A probe needs a label for every input, and at least one.</source>
        <translation>探针的每个输入都需要一个标签，并且至少要有一个。</translation>
    </message>
    <message>
        <source>The states are not finite numbers; nothing can be read from them.</source>
        <translation>状态不是有限数；无法从中读出任何东西。</translation>
    </message>
    <message>
        <source>A label is not one of the {0} classes.</source>
        <translation>有一个标签不属于这 {0} 个类别。</translation>
    </message>
    <message>
        <source>The network does not know all characters of &quot;{0}&quot;; it should be one that was trained on sentences, English or Chinese ones.</source>
        <translation>网络不认识“{0}”中的所有字符；它应当是用英文或中文句子训练的网络。</translation>
    </message>
    <message>
        <source>There is no pair of texts; there should be at least one.</source>
        <translation>没有成对的文本；至少应当有一对。</translation>
    </message>
    <message>
        <source>The network reads numbers; it should be one that was trained on sentences.</source>
        <translation>这个网络读的是数字；它应当是用句子训练的网络。</translation>
    </message>
    <message>
        <source>The data has too few sequences for a text of {0} tokens; it should have more of them.</source>
        <translation>数据的序列太少，不够组成 {0} 个词元的文本；应当有更多序列。</translation>
    </message>
    <message>
        <source>There are no sentences with such a word.</source>
        <translation>没有含有这种词的句子。</translation>
    </message>
    <message>
        <source>A sentence has token {0}; the network&apos;s vocabulary has 0 to {1}.</source>
        <translation>一个句子中有词元 {0}；网络的词表有 0 到 {1}。</translation>
    </message>
    <message>
        <source>The other text has no position {0}; it has the positions 0 to {1}.</source>
        <translation>另一文本没有位置 {0}；它有位置 0 到 {1}。</translation>
    </message>
    <message>
        <source>There are no sequences to measure on; the data should have some.</source>
        <translation>没有可供测量的序列；数据中应当有一些。</translation>
    </message>
    <message>
        <source>The weights to compare with have no {0} of this shape; they should be of the same network.</source>
        <translation>用来比较的权重中没有这种形状的 {0}；它们应当属于同一个网络。</translation>
    </message>
    <message>
        <source>The network has no parameter &quot;{0}&quot;.</source>
        <translation>网络没有参数“{0}”。</translation>
    </message>
    <message>
        <source>The winners of {0} channels cannot be divided among {1} heads; every head should have as many channels.</source>
        <translation>{0} 个通道的保持者无法分给 {1} 个头；每个头的通道数应当相同。</translation>
    </message>
    <message>
        <source>&quot;article&quot; has the tokens 0 to 127, and the network knows only {0} tokens.</source>
        <translation>“article”有词元 0 到 127，而网络只认识 {0} 个词元。</translation>
    </message>
    <message>
        <source>No data is named: choose one of {0}, or a .txt or .jsonl file.</source>
        <translation>没有指定数据：请从 {0} 中选择，或选择一个 .txt 或 .jsonl 文件。</translation>
    </message>
    <message>
        <source>A batch of {0} sequences cannot be: it has to be at least 1.</source>
        <translation>一批不能是 {0} 个序列：至少应当为 1。</translation>
    </message>
    <message>
        <source>Sequences of {0} tokens are too short: a token and the one that follows it make 2.</source>
        <translation>{0} 个词元的序列太短：一个词元和它的下一个就是 2 个。</translation>
    </message>
    <message>
        <source>A held-out share of {0} cannot be: it has to be at least 0 and below 1, such as 0.1 for a tenth.</source>
        <translation>留出份额不能是 {0}：应当至少为 0 且小于 1，例如 0.1 表示十分之一。</translation>
    </message>
    <message>
        <source>There is nothing to predict: no sequence has two tokens.</source>
        <translation>没有可以预测的内容：没有一个序列有两个词元。</translation>
    </message>
    <message>
        <source>100 random sequences, as published: what is learnt is learnt by heart, for nothing in them can be known from the rest.</source>
        <translation>100 个随机序列，与发表的实验相同：学到的都是死记硬背，因为其中没有任何内容能从其余部分推知。</translation>
    </message>
    <message>
        <source>There is no data called &quot;{0}&quot;: choose one of {1}, or a .txt or .jsonl file.</source>
        <translation>没有名为“{0}”的数据：请从 {1} 中选择，或选择一个 .txt 或 .jsonl 文件。</translation>
    </message>
    <message>
        <source>A batch of all sequences cannot be made of &quot;{0}&quot;, which has too many or no end: choose how many sequences a step takes, such as 16.</source>
        <translation>“{0}”的序列太多或没有尽头，无法组成包含所有序列的一批：请选择每一步取多少个序列，例如 16。</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; draws held-out sequences of its own: leave the held-out share away.</source>
        <translation>“{0}”自己生成留出序列：请不要指定留出份额。</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; needs {1} tokens, and the network knows only {2}.</source>
        <translation>“{0}”需要 {1} 个词元，而网络只认识 {2} 个。</translation>
    </message>
    <message>
        <source>The network&apos;s vocabulary lacks &quot;{0}&quot;, which &quot;{1}&quot; is written with; choose the data it was trained on, or a text file.</source>
        <translation>网络的词表缺少“{0}”，而“{1}”要用到它；请选择训练它的数据，或一个文本文件。</translation>
    </message>
    <message>
        <source>The file &quot;{0}&quot; does not exist.</source>
        <translation>文件“{0}”不存在。</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is a folder; a text file or a .jsonl file is needed.</source>
        <translation>“{0}”是文件夹；这里需要文本文件或 .jsonl 文件。</translation>
    </message>
    <message>
        <source>The file &quot;{0}&quot; cannot be read; check that you may read it.</source>
        <translation>无法读取文件“{0}”；请检查你是否有权读取它。</translation>
    </message>
    <message>
        <source>The file &quot;{0}&quot; is empty.</source>
        <translation>文件“{0}”是空的。</translation>
    </message>
    <message>
        <source>The data &quot;{0}&quot; has no words whose labels are known; sentences have.</source>
        <translation>数据“{0}”中没有已知标签的词；句子数据中有。</translation>
    </message>
    <message>
        <source>The data &quot;{0}&quot; has no list of words &quot;{1}&quot;.</source>
        <translation>数据“{0}”没有词列表“{1}”。</translation>
    </message>
    <message>
        <source>Sequences of {0} tokens are too short for &quot;{1}&quot;; choose {2}.</source>
        <translation>{0} 个词元的序列对“{1}”来说太短；请选择 {2}。</translation>
    </message>
    <message>
        <source>English sentences of a small grammar: how a network learns to write, word by word.</source>
        <translation>由小语法生成的英文句子：网络如何逐词学会写作。</translation>
    </message>
    <message>
        <source>Chinese sentences of a small grammar: each character a token.</source>
        <translation>由小语法生成的中文句子：每个字是一个词元。</translation>
    </message>
    <message>
        <source>English with doubled letters, such as in &quot;ball&quot;: after the first l the second leaves no trace, so the network cannot know whether it was written.</source>
        <translation>含有双写字母的英文，如“ball”：第一个 l 之后，第二个不留痕迹，所以网络无法知道它是否已经写过。</translation>
    </message>
    <message>
        <source>The largest letter so far: the very thing a running maximum is made for.</source>
        <translation>至今最大的字母：这正是累计最大值所擅长的。</translation>
    </message>
    <message>
        <source>The first letter, asked for at the end: a state that never decreases forgets nothing.</source>
        <translation>最后询问第一个字母：从不下降的状态什么也不会忘记。</translation>
    </message>
    <message>
        <source>The number that stood after a key: things that belong together.</source>
        <translation>键之后的数字：属于一起的东西。</translation>
    </message>
    <message>
        <source>Whether a letter was there, wherever it was: a running maximum is a set.</source>
        <translation>某个字母是否出现过，不论在哪里：累计最大值就是一个集合。</translation>
    </message>
    <message>
        <source>Whether every bracket is closed: each kind occurs once, so that a set is enough and nothing has to be counted.</source>
        <translation>每个括号是否都已闭合：每种括号只出现一次，所以一个集合就够了，不需要计数。</translation>
    </message>
    <message>
        <source>The last letter of many: hard, for a maximum knows what was there but not when.</source>
        <translation>许多字母中的最后一个：很难，因为最大值知道有过什么，却不知道在何时。</translation>
    </message>
    <message>
        <source>How often a letter is repeated: impossible, for a repeated token changes no maximum.</source>
        <translation>一个字母重复了多少次：不可能，因为重复的词元不改变任何最大值。</translation>
    </message>
    <message>
        <source>The file &quot;{0}&quot; is not UTF-8 text: the byte at position {1} begins no character. Save it as UTF-8.</source>
        <translation>文件“{0}”不是 UTF-8 文本：位置 {1} 处的字节不是任何字符的开头。请把它保存为 UTF-8。</translation>
    </message>
    <message>
        <source>The file &quot;{0}&quot; has 1 character; there is nothing to predict in it.</source>
        <translation>文件“{0}”只有 1 个字符；其中没有可以预测的内容。</translation>
    </message>
    <message>
        <source>The file &quot;{0}&quot; has {1} characters; there is nothing to predict in it.</source>
        <translation>文件“{0}”有 {1} 个字符；其中没有可以预测的内容。</translation>
    </message>
    <message>
        <source>The network&apos;s vocabulary has less than half of the characters in &quot;{0}&quot;; train a new network on it.</source>
        <translation>网络的词表只含有“{0}”中不到一半的字符；请用它训练一个新网络。</translation>
    </message>
    <message>
        <source>to hold out</source>
        <translation>可以留出</translation>
    </message>
    <message>
        <source>to train on</source>
        <translation>可以训练</translation>
    </message>
    <message>
        <source>{0} characters</source>
        <translation>{0} 个字符</translation>
    </message>
    <message>
        <source>{0} characters, of which {1} are to train on</source>
        <translation>{0} 个字符，其中 {1} 个用于训练</translation>
    </message>
    <message>
        <source>The file &quot;{0}&quot; is too short: it has {1}, and a sequence takes {2}. Choose shorter sequences or a longer text.</source>
        <translation>文件“{0}”太短：它有 {1}，而一个序列需要 {2} 个。请选择较短的序列或较长的文本。</translation>
    </message>
    <message>
        <source>A held-out share of {0} leaves nothing of &quot;{1}&quot; {2}.</source>
        <translation>留出份额为 {0} 时，“{1}”中没有剩下什么{2}。</translation>
    </message>
    <message>
        <source>&quot;{0}&quot;, line {1}: {2}</source>
        <translation>“{0}”第 {1} 行：{2}</translation>
    </message>
    <message>
        <source>not an array of token numbers, such as [5, 17, 4].</source>
        <translation>不是词元编号的数组，如 [5, 17, 4]。</translation>
    </message>
    <message>
        <source>the array is empty; a row needs tokens, such as [5, 17, 4].</source>
        <translation>数组是空的；一行需要有词元，如 [5, 17, 4]。</translation>
    </message>
    <message>
        <source>A held-out share of {0} leaves none of the {1} rows of &quot;{2}&quot; to hold out.</source>
        <translation>留出份额为 {0} 时，“{2}”的 {1} 行中没有一行可以留出。</translation>
    </message>
    <message>
        <source>A held-out share of {0} leaves no row of &quot;{1}&quot; to train on.</source>
        <translation>留出份额为 {0} 时，“{1}”中没有一行可以训练。</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; has the token {1}, which the network does not know: its tokens are 0 to {2}.</source>
        <translation>“{0}”中有网络不认识的词元 {1}：它的词元是 0 到 {2}。</translation>
    </message>
    <message>
        <source>The file &quot;{0}&quot; has no rows; a row is an array of token numbers, such as [5, 17, 4].</source>
        <translation>文件“{0}”没有行；一行是词元编号的数组，如 [5, 17, 4]。</translation>
    </message>
    <message>
        <source>The file &quot;{0}&quot; leaves nothing to predict: no row has two tokens.</source>
        <translation>文件“{0}”没有可以预测的内容：没有一行有两个词元。</translation>
    </message>
    <message>
        <source>A text could not be made NFC: {0}.</source>
        <translation>无法把文本规范化为 NFC：{0}。</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is not a token: tokens are the numbers from 0 to {1}, with spaces or commas between them.</source>
        <translation>“{0}”不是词元：词元是 0 到 {1} 的数字，之间用空格或逗号隔开。</translation>
    </message>
    <message>
        <source>Not UTF-8 text: the byte at position {0} begins no character. Save the text as UTF-8.</source>
        <translation>不是 UTF-8 文本：位置 {0} 处的字节不是任何字符的开头。请把文本保存为 UTF-8。</translation>
    </message>
    <message>
        <source>Symbol {0} of the vocabulary is not UTF-8 text.</source>
        <translation>词表的符号 {0} 不是 UTF-8 文本。</translation>
    </message>
    <message>
        <source>The vocabulary has the symbol &quot;{0}&quot; twice, as {1} and as {2}.</source>
        <translation>词表中符号“{0}”出现了两次，编号为 {1} 和 {2}。</translation>
    </message>
    <message>
        <source>A vocabulary of {0} numbers is too small: it needs at least one.</source>
        <translation>{0} 个数字的词表太小：至少需要一个。</translation>
    </message>
    <message>
        <source>An alpha to try is not finite; it should be a number as 0.5.</source>
        <translation>要尝试的一个 alpha 不是有限数；它应当是像 0.5 这样的数。</translation>
    </message>
    <message>
        <source>The text to evaluate</source>
        <translation>要评估的文本</translation>
    </message>
    <message>
        <source>The data to measure on</source>
        <translation>用来测量的数据</translation>
    </message>
    <message>
        <source>The network&apos;s loss on this data is not a number, so there is nothing to compare with; its weights are not all numbers, or too large.</source>
        <translation>网络在此数据上的损失不是数，所以没有可比较的；它的权重不全是数，或者太大。</translation>
    </message>
    <message>
        <source>The {0} is {1}; it should be 1 or more.</source>
        <translation>{0}是 {1}；应当是 1 或更大。</translation>
    </message>
    <message>
        <source>vocabulary size</source>
        <translation>词表大小</translation>
    </message>
    <message>
        <source>hidden size</source>
        <translation>隐藏大小</translation>
    </message>
    <message>
        <source>number of heads</source>
        <translation>头数</translation>
    </message>
    <message>
        <source>number of layers</source>
        <translation>层数</translation>
    </message>
    <message>
        <source>The hidden size {0} cannot be divided into {1} heads; it should be a multiple of the number of heads.</source>
        <translation>隐藏大小 {0} 无法分成 {1} 个头；它应当是头数的倍数。</translation>
    </message>
    <message>
        <source>The padding token is {0}, outside the vocabulary; it should be from 0 to {1}.</source>
        <translation>填充词元是 {0}，在词表之外；应当是 0 到 {1}。</translation>
    </message>
    <message>
        <source>A network of {0} hidden channels and {1} layers is too large for any machine; choose smaller sizes.</source>
        <translation>有 {0} 个隐藏通道和 {1} 层的网络对任何机器来说都太大；请选择较小的尺寸。</translation>
    </message>
    <message>
        <source>There is no layer {0}; the network has the layers 0 to {1}.</source>
        <translation>没有第 {0} 层；此网络有第 0 到 {1} 层。</translation>
    </message>
    <message>
        <source>{0} has token {1}; the network&apos;s vocabulary has the tokens 0 to {2}.</source>
        <translation>{0}中有词元 {1}；网络的词表有词元 0 到 {2}。</translation>
    </message>
    <message>
        <source>The vocabulary has {0} symbols; the network&apos;s vocabulary size is {1}. The two should be the same.</source>
        <translation>词表有 {0} 个符号；网络的词表大小是 {1}。两者应当相同。</translation>
    </message>
    <message>
        <source>The weights are {0} numbers; a network of this shape has {1}.</source>
        <translation>权重有 {0} 个数；这种形状的网络有 {1} 个。</translation>
    </message>
    <message>
        <source>The network has no parameter &quot;{0}&quot;; its first is &quot;{1}&quot;, its last &quot;{2}&quot;.</source>
        <translation>网络没有参数“{0}”；它的第一个是“{1}”，最后一个是“{2}”。</translation>
    </message>
    <message>
        <source>There is not enough memory; a smaller network, a smaller batch or shorter sequences need less.</source>
        <translation>内存不足；较小的网络、较小的批或较短的序列所需更少。</translation>
    </message>
    <message>
        <source>LibTorch failed: {0}</source>
        <translation>LibTorch 出错：{0}</translation>
    </message>
    <message>
        <source>There is not enough memory; a shorter text, a smaller batch or a smaller network needs less.</source>
        <translation>内存不足；较短的文本、较小的批或较小的网络所需更少。</translation>
    </message>
    <message>
        <source>There is no file {0}, which the run should have.</source>
        <translation>没有文件 {0}，而这次训练应当有它。</translation>
    </message>
    <message>
        <source>{0} is torn: it has {1} bytes and should have {2}.</source>
        <translation>{0} 残缺：它有 {1} 字节，应当有 {2} 字节。</translation>
    </message>
    <message>
        <source>The run {0} has no {1} of step {2}.</source>
        <translation>训练 {0} 没有第 {2} 步的{1}。</translation>
    </message>
    <message>
        <source>{0} has nothing of this kind to change.</source>
        <translation>{0} 中没有这类可以更改的内容。</translation>
    </message>
    <message>
        <source>{0} is damaged: it gives &quot;{1}&quot; as {2}; it should be a whole number.</source>
        <translation>{0} 已损坏：它把 {2} 记为“{1}”；应当是整数。</translation>
    </message>
    <message>
        <source>{0} is damaged: an edit has &quot;{1}&quot; as its step; it should be a whole number from 0 on.</source>
        <translation>{0} 已损坏：一处改动的步数是“{1}”；应当是从 0 开始的整数。</translation>
    </message>
    <message>
        <source>snapshot</source>
        <translation>快照</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>检查点</translation>
    </message>
    <message>
        <source>{0}: the tensor &quot;{1}{2}&quot; is missing or has another shape than the weights.</source>
        <translation>{0}：缺少张量“{1}{2}”，或其形状与权重不同。</translation>
    </message>
    <message>
        <source>{0} is damaged ({1}). Its files in snapshots/ can still be opened one by one.</source>
        <translation>{0} 已损坏（{1}）。snapshots/ 中的文件仍可逐个打开。</translation>
    </message>
    <message>
        <source>Cannot write {0}: the disk is full. Make room, and go on.</source>
        <translation>无法写入 {0}：磁盘已满。请腾出空间，然后继续。</translation>
    </message>
    <message>
        <source>Cannot write {0}: it is read-only.</source>
        <translation>无法写入 {0}：它是只读的。</translation>
    </message>
    <message>
        <source>Cannot write {0}: the disk reports an error. It may be full, or gone.</source>
        <translation>无法写入 {0}：磁盘报告错误。它可能已满，或已断开。</translation>
    </message>
    <message>
        <source>Cannot write {0}: another program has locked it.</source>
        <translation>无法写入 {0}：另一个程序锁定了它。</translation>
    </message>
    <message>
        <source>Cannot open {0}: it is missing, or its folder cannot be written.</source>
        <translation>无法打开 {0}：它不存在，或其文件夹不可写入。</translation>
    </message>
    <message>
        <source>Cannot use {0}: {1}.</source>
        <translation>无法使用 {0}：{1}。</translation>
    </message>
    <message>
        <source>{0} is damaged: it has {1} bytes and should have {2}. Its files in snapshots/ can still be opened one by one.</source>
        <translation>{0} 已损坏：它有 {1} 字节，应当有 {2} 字节。snapshots/ 中的文件仍可逐个打开。</translation>
    </message>
    <message>
        <source>{0} is no run folder: there is no run.db in it.</source>
        <translation>{0} 不是训练的文件夹：其中没有 run.db。</translation>
    </message>
    <message>
        <source>{0} was written by a newer version of SamOut Studio (format {1}; this one reads up to {2}).</source>
        <translation>{0} 是由较新版本的 SamOut Studio 写的（格式 {1}；本版本最多读取格式 {2}）。</translation>
    </message>
    <message>
        <source>{0} is no run of SamOut Studio, or its beginning was never written.</source>
        <translation>{0} 不是 SamOut Studio 的训练，或者其开头从未写入。</translation>
    </message>
    <message>
        <source>The network has {0} layers; a run can be kept of at most {1}.</source>
        <translation>网络有 {0} 层；最多只能保存 {1} 层的训练。</translation>
    </message>
    <message>
        <source>There is no run &quot;{0}&quot;: neither a folder of this name, nor one in {1}.</source>
        <translation>没有训练“{0}”：既没有这个名称的文件夹，{1} 中也没有。</translation>
    </message>
    <message>
        <source>The run {0} cannot be written: {1}.</source>
        <translation>无法写入训练 {0}：{1}。</translation>
    </message>
    <message>
        <source>The run {0} is being trained by another program; it can be watched meanwhile.</source>
        <translation>另一个程序正在进行训练 {0}；在此期间可以观看它。</translation>
    </message>
    <message>
        <source>The run {0} cannot be locked: {1}.</source>
        <translation>无法锁定训练 {0}：{1}。</translation>
    </message>
    <message>
        <source>There is something at {0} already; a new run needs a new folder.</source>
        <translation>{0} 处已有内容；新的训练需要新的文件夹。</translation>
    </message>
    <message>
        <source>The run {0} cannot be made: {1}.</source>
        <translation>无法建立训练 {0}：{1}。</translation>
    </message>
    <message>
        <source>number</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>once</source>
        <translation>1 次</translation>
    </message>
    <message>
        <source>{0} times</source>
        <translation>{0} 次</translation>
    </message>
    <message>
        <source>{0} of the breakpoint is {1}; it should be {2}.</source>
        <translation>断点的{0}是 {1}；应当是{2}。</translation>
    </message>
    <message>
        <source>The step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>a whole number from 1 on</source>
        <translation>从 1 开始的整数</translation>
    </message>
    <message>
        <source>The number of rises in a row</source>
        <translation>连续上升的次数</translation>
    </message>
    <message>
        <source>The alpha</source>
        <translation>alpha</translation>
    </message>
    <message>
        <source>a finite number, as 0.5</source>
        <translation>有限的数，如 0.5</translation>
    </message>
    <message>
        <source>The gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>above 0, as 10</source>
        <translation>大于 0 的数，如 10</translation>
    </message>
    <message>
        <source>The k of k / (t + 1)</source>
        <translation>k / (t + 1) 中的 k</translation>
    </message>
    <message>
        <source>above 0, as 0.5</source>
        <translation>大于 0 的数，如 0.5</translation>
    </message>
    <message>
        <source>The layer of the breakpoint is {0}; layers count from 0 on.</source>
        <translation>断点的层是 {0}；层从 0 数起。</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is no breakpoint; it should be step=N, held-out=TIMES, alpha.LAYER=X, gradient=X or changes=K.</source>
        <translation>“{0}”不是断点；应当是 step=N、held-out=TIMES、alpha.LAYER=X、gradient=X 或 changes=K。</translation>
    </message>
    <message>
        <source>step {0} is made</source>
        <translation>第 {0} 步已完成</translation>
    </message>
    <message>
        <source>the held-out loss rose {0} in a row; after step {1} it is {2}</source>
        <translation>留出损失连续上升了{0}；第 {1} 步之后为 {2}</translation>
    </message>
    <message>
        <source>the alpha of layer {0} went from {1} to {2} in step {3}, across {4}</source>
        <translation>第 {0} 层的 alpha 在第 {3} 步从 {1} 变为 {2}，越过了 {4}</translation>
    </message>
    <message>
        <source>the gradient norm of step {0} is {1}, above {2}</source>
        <translation>第 {0} 步的梯度范数是 {1}，大于 {2}</translation>
    </message>
    <message>
        <source>{0}; the largest part of a layer in it is that of layer {1}</source>
        <translation>{0}；其中各层里第 {1} 层的部分最大</translation>
    </message>
    <message>
        <source>after step {0} the states of layer {1} change {2} times as often as 1/(t+1), more rarely than {3}</source>
        <translation>第 {0} 步之后，第 {1} 层的状态改变的频度是 1/(t+1) 的 {2} 倍，比 {3} 倍更少</translation>
    </message>
    <message>
        <source>Breakpoint: {0}.</source>
        <translation>断点：{0}。</translation>
    </message>
    <message>
        <source>The network has no parameter {0}.</source>
        <translation>网络没有参数 {0}。</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>损失</translation>
    </message>
    <message>
        <source>held-out loss</source>
        <translation>留出损失</translation>
    </message>
    <message>
        <source>gradient norm</source>
        <translation>梯度范数</translation>
    </message>
    <message>
        <source>number of tokens</source>
        <translation>词元数</translation>
    </message>
    <message>
        <source>in the embedding</source>
        <translation>在嵌入中</translation>
    </message>
    <message>
        <source>in layer {0}, in {1}</source>
        <translation>在第 {0} 层的 {1} 中</translation>
    </message>
    <message>
        <source>The data &quot;{0}&quot; has other characters than the model to begin with; it should be data of the same vocabulary.</source>
        <translation>数据“{0}”与作为起点的模型字符不同；应当是词表相同的数据。</translation>
    </message>
    <message>
        <source>bfloat16 was asked for; it works on a GPU with SamOut&apos;s own kernels only. Without it the training computes in float32.</source>
        <translation>要求使用 bfloat16；它只能在 GPU 上用 SamOut 自己的内核运行。不用它时，训练以 float32 计算。</translation>
    </message>
    <message>
        <source>The data &quot;{0}&quot;</source>
        <translation>数据“{0}”</translation>
    </message>
    <message>
        <source>in the head</source>
        <translation>在输出头中</translation>
    </message>
    <message>
        <source>in the loss</source>
        <translation>在损失中</translation>
    </message>
    <message>
        <source>in the gradient of {0}</source>
        <translation>在 {0} 的梯度中</translation>
    </message>
    <message>
        <source>in the norm of the gradient, which is too large for a float</source>
        <translation>在梯度的范数中，它大得超出了浮点数的范围</translation>
    </message>
    <message>
        <source>The weights are those after step {0}; a lower learning rate or clipping may help.</source>
        <translation>权重保持为第 {0} 步之后的值；降低学习率或裁剪梯度可能有帮助。</translation>
    </message>
    <message>
        <source>Step {0} was not made: {1}. {2}</source>
        <translation>第 {0} 步没有进行：{1}。{2}</translation>
    </message>
    <message>
        <source>Step {0} was not made: {1}. It appears first {2}. {3}</source>
        <translation>第 {0} 步没有进行：{1}。它最先出现{2}。{3}</translation>
    </message>
    <message>
        <source>The data &quot;{0}&quot; has no target that counts: all are the padding token.</source>
        <translation>数据“{0}”没有可以计入的目标：它们全是填充词元。</translation>
    </message>
    <message>
        <source>its loss is not a number (NaN)</source>
        <translation>其损失不是数（NaN）</translation>
    </message>
    <message>
        <source>its loss is infinite</source>
        <translation>其损失是无穷大</translation>
    </message>
    <message>
        <source>its gradient is not finite</source>
        <translation>其梯度不是有限数</translation>
    </message>
    <message>
        <source>There is not enough memory on {0} for step {1}, which was not made; a smaller batch or shorter sequences need less.</source>
        <translation>{0} 上的内存不足以进行第 {1} 步，该步没有进行；较小的批或较短的序列所需更少。</translation>
    </message>
    <message>
        <source>The checkpoint of step {0} is of another network.</source>
        <translation>第 {0} 步的检查点属于另一个网络。</translation>
    </message>
    <message>
        <source>{0} is not a token; tokens are the whole numbers from 0 to {1}.</source>
        <translation>{0} 不是词元；词元是 0 到 {1} 的整数。</translation>
    </message>
    <message>
        <source>The state has {0} numbers; this network&apos;s has {1}.</source>
        <translation>状态有 {0} 个数；此网络的状态有 {1} 个。</translation>
    </message>
    <message>
        <source>The number of texts is {0}; it should be at least 1.</source>
        <translation>文本数是 {0}；应当至少为 1。</translation>
    </message>
    <message>
        <source>The context is {0} tokens; it should be at least 1.</source>
        <translation>上下文是 {0} 个词元；应当至少为 1。</translation>
    </message>
    <message>
        <source>The token to clear the state at is {0}; it should be one of the vocabulary&apos;s, 0 to {1}.</source>
        <translation>在其后清空状态的词元是 {0}；应当是词表中的词元，0 到 {1}。</translation>
    </message>
    <message>
        <source>The prompt has token {0}; the vocabulary has 0 to {1}.</source>
        <translation>提示中有词元 {0}；词表有 0 到 {1}。</translation>
    </message>
    <message>
        <source>the learning rate is {0}</source>
        <translation>学习率为 {0}</translation>
    </message>
    <message>
        <source>it trains until it is stopped</source>
        <translation>训练到被停止为止</translation>
    </message>
    <message>
        <source>it trains to step {0}</source>
        <translation>训练到第 {0} 步</translation>
    </message>
    <message>
        <source>head {0} of layer {1} is frozen</source>
        <translation>第 {1} 层的头 {0} 已冻结</translation>
    </message>
    <message>
        <source>head {0} of layer {1} learns again</source>
        <translation>第 {1} 层的头 {0} 重新学习</translation>
    </message>
    <message>
        <source>head {0} of layer {1} became 0</source>
        <translation>第 {1} 层的头 {0} 变为 0</translation>
    </message>
    <message>
        <source>head {0} of layer {1} began anew</source>
        <translation>第 {1} 层的头 {0} 重新初始化</translation>
    </message>
    <message>
        <source>layer {0} is frozen</source>
        <translation>第 {0} 层已冻结</translation>
    </message>
    <message>
        <source>layer {0} learns again</source>
        <translation>第 {0} 层重新学习</translation>
    </message>
    <message>
        <source>the alpha of layer {0} is held at {1}</source>
        <translation>第 {0} 层的 alpha 固定为 {1}</translation>
    </message>
    <message>
        <source>the alpha of layer {0} is learnt again</source>
        <translation>第 {0} 层的 alpha 重新学习</translation>
    </message>
    <message>
        <source>The learning rate is {0}; it should be above 0, as 0.001.</source>
        <translation>学习率为 {0}；应当大于 0，例如 0.001。</translation>
    </message>
    <message>
        <source>The number of steps is {0}; it should be at least 1, or 0 to train until stopped.</source>
        <translation>步数为 {0}；应当至少为 1，或为 0，即训练到被停止为止。</translation>
    </message>
    <message>
        <source>The alpha to hold is {0}; it should be a finite number, as 0.5.</source>
        <translation>要固定的 alpha 为 {0}；应当是有限的数，例如 0.5。</translation>
    </message>
    <message>
        <source>The edit &quot;{0}&quot; names {1}, which the network does not have; it should be 0 to {2}.</source>
        <translation>改动“{0}”指的是{1}，而网络没有；应当是 0 到 {2}。</translation>
    </message>
    <message>
        <source>layer {0}</source>
        <translation>第 {0} 层</translation>
    </message>
    <message>
        <source>head {0}</source>
        <translation>头 {0}</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>一个数</translation>
    </message>
    <message>
        <source>a whole number</source>
        <translation>一个整数</translation>
    </message>
    <message>
        <source>layer.head, both counted from 0, as 1.2</source>
        <translation>层.头，都从 0 数起，例如 1.2</translation>
    </message>
    <message>
        <source>layer=alpha, as 1=0.5</source>
        <translation>层=alpha，例如 1=0.5</translation>
    </message>
    <message>
        <source>a layer, counted from 0</source>
        <translation>从 0 数起的层</translation>
    </message>
    <message>
        <source>There is no edit &quot;{0}&quot;; a newer version may have made it.</source>
        <translation>没有改动“{0}”；它可能是较新的版本作出的。</translation>
    </message>
    <message>
        <source>The edit &quot;{0}&quot; has the value &quot;{1}&quot;; it should be {2}.</source>
        <translation>改动“{0}”的值为“{1}”；应当是{2}。</translation>
    </message>
    <message>
        <source>it should be an object in braces</source>
        <translation>它应当是花括号中的对象</translation>
    </message>
    <message>
        <source>it has no values; it should have at least one</source>
        <translation>它没有值；应当至少有一个</translation>
    </message>
    <message>
        <source>a value of it is not a number</source>
        <translation>它有一个值不是数</translation>
    </message>
    <message>
        <source>{0}: its learning_rate and steps should be numbers.</source>
        <translation>{0}：它的 learning_rate 和 steps 应当是数。</translation>
    </message>
    <message>
        <source>its kind is &quot;{0}&quot;; it should be head, mixer, feed-forward, alpha or states</source>
        <translation>它的类型是“{0}”；应当是 head、mixer、feed-forward、alpha 或 states</translation>
    </message>
    <message>
        <source>Intervention {0} of the file cannot be read: {1}.</source>
        <translation>无法读取文件中的第 {0} 项干预：{1}。</translation>
    </message>
    <message>
        <source>its {0} should be a whole number from 0 on</source>
        <translation>它的 {0} 应当是从 0 起的整数</translation>
    </message>
    <message>
        <source>The interventions in {0} cannot be read: {1}</source>
        <translation>无法读取 {0} 中的干预：{1}</translation>
    </message>
    <message>
        <source>{0} is not JSON; it should be a file that the What if panel saved.</source>
        <translation>{0} 不是 JSON；它应当是“假如”面板保存的文件。</translation>
    </message>
    <message>
        <source>{0} holds no interventions; it should be a file that the What if panel saved.</source>
        <translation>{0} 中没有干预；它应当是“假如”面板保存的文件。</translation>
    </message>
    <message>
        <source>its last should be a position from its own on, at most {0} further, and it should have one value then</source>
        <translation>它的 last 应是自它本身起的一个位置，至多再远 {0} 个，而且这时它应只有一个值</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is no intervention; it should begin with silence, alpha or set.</source>
        <translation>“{0}”不是干预；它应当以 silence、alpha 或 set 开头。</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is no intervention; it should be as {1}.</source>
        <translation>“{0}”不是干预；它应当形如 {1}。</translation>
    </message>
    <message>
        <source>There is no head {0}; a layer has the heads 0 to {1}.</source>
        <translation>没有头 {0}；每层有头 0 到 {1}。</translation>
    </message>
    <message>
        <source>There is no channel {0}; a layer has the channels 0 to {1}.</source>
        <translation>没有通道 {0}；每层有通道 0 到 {1}。</translation>
    </message>
    <message>
        <source>There is no position {0}; they count from 0.</source>
        <translation>没有位置 {0}；位置从 0 数起。</translation>
    </message>
    <message>
        <source>The alpha of layer {0} is to be set to a value that is not finite; it should be a number as 0.5.</source>
        <translation>第 {0} 层的 alpha 要设为非有限的值；应当是一个数，例如 0.5。</translation>
    </message>
    <message>
        <source>A state of layer {0} is to be set to NaN; it should be a number.</source>
        <translation>第 {0} 层的一个状态要设为 NaN；应当是一个数。</translation>
    </message>
    <message>
        <source>There is no mixer &quot;{0}&quot;; this program knows {1}.</source>
        <translation>没有名为“{0}”的混合器；本程序认识的有 {1}。</translation>
    </message>
    <message>
        <source>What the token multiplies the state with.</source>
        <translation>词元与状态相乘的值。</translation>
    </message>
    <message>
        <source>What the token adds to base · state.</source>
        <translation>词元加到 base · state 上的值。</translation>
    </message>
    <message>
        <source>What the token offers to the state.</source>
        <translation>词元提供给状态的值。</translation>
    </message>
    <message>
        <source>The largest candidate of the channel so far: all that it remembers. It never falls.</source>
        <translation>该通道至今最大的候选值：这就是它记住的全部内容。它从不下降。</translation>
    </message>
    <message>
        <source>What the layer reads out of its memory.</source>
        <translation>本层从记忆中读出的内容。</translation>
    </message>
    <message>
        <source>Reads mixed of all channels: from here on the channel is one of the feed-forward’s.</source>
        <translation>读取所有通道的 mixed：从这里起，通道是前馈网络的通道。</translation>
    </message>
    <message>
        <source>How far the value passes: 0 where the sum is negative.</source>
        <translation>value 能通过多少：和为负时为 0。</translation>
    </message>
    <message>
        <source>Reads value · gate of all channels: what the layer has to say.</source>
        <translation>读取所有通道的 value · gate：本层要说的内容。</translation>
    </message>
    <message>
        <source>LayerNorm, with its learnt weight and bias of the channel: what is added to x.</source>
        <translation>LayerNorm，带有该通道学到的权重和偏置：加到 x 上的值。</translation>
    </message>
    <message>
        <source>What the next layer reads, or the head after the last.</source>
        <translation>下一层读取的值；最后一层之后，由输出头读取。</translation>
    </message>
    <message>
        <source>{0}: this is no JSON object.</source>
        <translation>{0}：不是 JSON 对象。</translation>
    </message>
    <message>
        <source>{0}: {1} has a value of a wrong type.</source>
        <translation>{0}：{1} 的值类型不对。</translation>
    </message>
    <message>
        <source>{0}: the fact {1}</source>
        <translation>{0}：{1} 一项</translation>
    </message>
    <message>
        <source>The run splits its data by a rule that this version does not have.</source>
        <translation>此训练划分数据的规则，本版本没有。</translation>
    </message>
    <message>
        <source>The run {0} was trained on losses that this version does not have; it can be looked at.</source>
        <translation>训练 {0} 所用的损失，本版本没有；仍可查看。</translation>
    </message>
    <message>
        <source>The run {0} was trained in {1} shards, which this version cannot; it can be looked at.</source>
        <translation>训练 {0} 分为 {1} 份进行，本版本做不到；仍可查看。</translation>
    </message>
    <message>
        <source>{0}: the options</source>
        <translation>{0}：设置</translation>
    </message>
    <message>
        <source>The file {0} was changed since the run began, so the run cannot go on. It should have the SHA-256 {1}.</source>
        <translation>文件 {0} 在训练开始之后改动过，因此训练无法继续。其 SHA-256 应为 {1}。</translation>
    </message>
    <message>
        <source>This version splits the data of the run {0} into training and held out otherwise than the run began with, so the run cannot go on.</source>
        <translation>本版本把训练 {0} 的数据划分为训练与留出的方式与开始时不同，因此训练无法继续。</translation>
    </message>
    <message>
        <source>Network</source>
        <translation>网络</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Optimiser</source>
        <translation>优化器</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>{0} cannot be.</source>
        <translation>不能是 {0}。</translation>
    </message>
    <message>
        <source>No data was chosen: it should be &quot;article&quot;, a task, or a .txt or .jsonl file.</source>
        <translation>没有选择数据：应为“article”、某个任务，或 .txt、.jsonl 文件。</translation>
    </message>
    <message>
        <source>The cosine schedule needs a number of steps to fall to 0 at; 0 steps has no end.</source>
        <translation>余弦衰减需要一个降到 0 的步数；步数为 0 则没有终点。</translation>
    </message>
    <message>
        <source>There is no preset &quot;{0}&quot;; there are article and classroom.</source>
        <translation>没有预设“{0}”；有 article 和 classroom。</translation>
    </message>
    <message>
        <source>Weights to begin with</source>
        <translation>初始权重</translation>
    </message>
    <message>
        <source>A model to begin with, a snapshot, a .pth or a run: its weights, sizes and vocabulary. Empty: new weights from the seed.</source>
        <translation>由它开始的模型：快照、.pth 或训练记录，取其权重、尺寸和词表。留空：由种子生成新权重。</translation>
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
        <source>The hidden size is {0}; it should be 1 or more.</source>
        <translation>隐藏维度是 {0}；应为 1 或更大。</translation>
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
        <source>The number of heads is {0}; it should be 1 or more.</source>
        <translation>头数是 {0}；应为 1 或更大。</translation>
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
        <source>The number of layers is {0}; it should be 1 or more.</source>
        <translation>层数是 {0}；应为 1 或更大。</translation>
    </message>
    <message>
        <source>What to learn from: article, a task (`samout tasks` lists them), a .txt or a .jsonl file.</source>
        <translation>用什么来学：article、某个任务（`samout tasks` 列出全部），或 .txt、.jsonl 文件。</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>批次</translation>
    </message>
    <message>
        <source>Sequences that go through the network in one step; 0 (on the command line `all`) is all of them (article and .jsonl only).</source>
        <translation>一步中通过网络的序列数；0（命令行中为 `all`）为全部（仅 article 和 .jsonl）。</translation>
    </message>
    <message>
        <source>The batch is {0} sequences; it should be at least 1, or all of them.</source>
        <translation>批次是 {0} 个序列；应至少为 1，或为全部。</translation>
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
        <source>The sequence length is {0}; it should be at least 2 tokens.</source>
        <translation>序列长度是 {0}；应至少为 2 个词元。</translation>
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
        <source>The held-out share is {0}; it should be at least 0 and below 1.</source>
        <translation>留出比例是 {0}；应不小于 0 且小于 1。</translation>
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
        <source>Held-out loss every {0} steps cannot be; it should be 0 (never) or above.</source>
        <translation>留出损失的测量间隔不能是 {0} 步；应为 0（从不）或更大。</translation>
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
        <source>The seed is {0}; it should be a whole number from 0 on.</source>
        <translation>种子是 {0}；应为不小于 0 的整数。</translation>
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
        <source>The clipping norm is {0}; it should be 0 (off) or above.</source>
        <translation>裁剪范数是 {0}；应为 0（关闭）或更大。</translation>
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
        <source>The warm-up is {0} steps; it should be 0 (off) or above.</source>
        <translation>预热是 {0} 步；应为 0（关闭）或更大。</translation>
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
        <source>The weight decay is {0}; it should be 0 (off) or above.</source>
        <translation>权重衰减是 {0}；应为 0（关闭）或更大。</translation>
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
        <source>The dropout is {0}; it should be at least 0 and below 1.</source>
        <translation>dropout 是 {0}；应不小于 0 且小于 1。</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>Adam&apos;s memory of past gradients: the nearer to 1, the longer a gradient counts.</source>
        <translation>Adam 对过去梯度的记忆：越接近 1，一个梯度的影响越久。</translation>
    </message>
    <message>
        <source>Adam&apos;s beta 1 is {0}; it should be at least 0 and below 1.</source>
        <translation>Adam 的 beta 1 是 {0}；应不小于 0 且小于 1。</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>Adam&apos;s memory of past squared gradients: the nearer to 1, the longer one counts.</source>
        <translation>Adam 对过去梯度平方的记忆：越接近 1，影响越久。</translation>
    </message>
    <message>
        <source>Adam&apos;s beta 2 is {0}; it should be at least 0 and below 1.</source>
        <translation>Adam 的 beta 2 是 {0}；应不小于 0 且小于 1。</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>What Adam adds to the root of the squared gradients, so that it never divides by 0.</source>
        <translation>Adam 加在梯度平方之根上的数，使它永不除以 0。</translation>
    </message>
    <message>
        <source>Adam&apos;s epsilon is {0}; it should be above 0, as 1e-8.</source>
        <translation>Adam 的 epsilon 是 {0}；应大于 0，例如 1e-8。</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Updates to make in all; 0 trains until it is stopped.</source>
        <translation>更新的总次数；0 则一直训练到停止。</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Where to compute: auto (a GPU if there is one), cpu, cuda or cuda:N.</source>
        <translation>在哪里计算：auto（有 GPU 则用 GPU）、cpu、cuda 或 cuda:N。</translation>
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
        <source>The number of threads is {0}; it should be from 1 to 1024, or 0 for one a core.</source>
        <translation>线程数是 {0}；应为 1 到 1024，或 0 表示每核一个。</translation>
    </message>
    <message>
        <source>Snapshots (MB)</source>
        <translation>快照（MB）</translation>
    </message>
    <message>
        <source>What the run keeps at most, of the weights at its steps; then those between others go, but never a starred one, the first or the last.</source>
        <translation>这次训练最多保留多少各步的权重；超过时去掉夹在中间的，但星标的、第一个和最后一个总会保留。</translation>
    </message>
    <message>
        <source>The megabytes for snapshots are {0}; they should be at least 0 (the first and the last alone).</source>
        <translation>快照的兆字节数是 {0}；应至少为 0（只留第一个和最后一个）。</translation>
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
        <source>{0} is damaged: a fact in it has a value of a wrong type.</source>
        <translation>{0} 已损坏：其中某一项的值类型不对。</translation>
    </message>
    <message>
        <source>There is no fast network for the mixer {0} yet, which this needs.</source>
        <translation>混合器 {0} 还没有快速网络，而这里需要它。</translation>
    </message>
    <message>
        <source>A vocabulary of 0 symbols is too small: it needs at least one.</source>
        <translation>0 个符号的词表太小：至少需要一个。</translation>
    </message>
    <message>
        <source>The vocabulary has another padding token than the network; the two should be the same.</source>
        <translation>词表的填充词元与网络的不同；两者应当相同。</translation>
    </message>
    <message>
        <source>A vocabulary of {0} tokens is too small for its special token {1}; it should be from 0 to {2}.</source>
        <translation>{0} 个词元的词表对其特殊词元 {1} 来说太小；它应当是 0 到 {2}。</translation>
    </message>
    <message>
        <source>The vocabulary has no &quot;{0}&quot;, and no token for unknown characters.</source>
        <translation>词表中没有“{0}”，也没有表示未知字符的词元。</translation>
    </message>
    <message>
        <source>The run&apos;s checkpoint of step {0} is damaged; the run goes on from step {1} and makes the steps after it again.</source>
        <translation>此训练第 {0} 步的检查点已损坏；训练从第 {1} 步继续，并重做其后的步骤。</translation>
    </message>
    <message>
        <source>The run began on &quot;{0}&quot; and goes on with &quot;{1}&quot;: its numbers may differ in their last bits from now on.</source>
        <translation>此训练始于“{0}”，现在用“{1}”继续：从现在起，其数值的末位可能不同。</translation>
    </message>
    <message>
        <source>The disk of {0} does not keep up with the training.</source>
        <translation>{0} 所在的磁盘跟不上训练。</translation>
    </message>
    <message>
        <source>The run&apos;s folder {0} was deleted or moved away. Put it back and go on.</source>
        <translation>训练文件夹 {0} 已被删除或移走。请放回原处再继续。</translation>
    </message>
    <message>
        <source>Step {0} is missing among the stored ones.</source>
        <translation>已存储的步骤中缺少第 {0} 步。</translation>
    </message>
    <message>
        <source>Step {0} came out otherwise than it is stored: its {1} differs. This machine, or its number of threads, computes other bits.</source>
        <translation>第 {0} 步的结果与存储的不同：其{1}不一样。这台机器或其线程数算出的末位不同。</translation>
    </message>
    <message>
        <source>The sample of step {0} came out otherwise than it is stored.</source>
        <translation>第 {0} 步的样本与存储的不同。</translation>
    </message>
    <message>
        <source>The weights cannot be copied. {0}</source>
        <translation>无法复制权重。{0}</translation>
    </message>
    <message>
        <source>There is not enough memory for this training; a smaller batch or network needs less.</source>
        <translation>内存不足以进行此训练；较小的批或网络所需更少。</translation>
    </message>
    <message>
        <source>{0} {1}</source>
        <translation>{0}{1}</translation>
    </message>
    <message>
        <source>The one step is done.</source>
        <translation>这一步已完成。</translation>
    </message>
    <message>
        <source>All {0} steps are done.</source>
        <translation>全部 {0} 步已完成。</translation>
    </message>
    <message>
        <source>The end of this run is not stored. {0}</source>
        <translation>此训练的结尾没有存储。{0}</translation>
    </message>
    <message>
        <source>{0} The training goes on with the next step, since the breakpoint for this is switched off.</source>
        <translation>{0} 训练从下一步继续，因为相应的断点已关闭。</translation>
    </message>
    <message>
        <source>How often the states change cannot be measured. {0}</source>
        <translation>无法测量状态改变的频度。{0}</translation>
    </message>
    <message>
        <source>Another program trains the run {0}: here it can be looked at only.</source>
        <translation>另一个程序正在训练运行 {0}：在这里只能查看。</translation>
    </message>
    <message>
        <source>The message has no &quot;{0}&quot;, or one of a wrong type.</source>
        <translation>消息中没有“{0}”，或其类型不对。</translation>
    </message>
    <message>
        <source>The message&apos;s options</source>
        <translation>消息中的选项</translation>
    </message>
    <message>
        <source>The message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>The snapshot of step {0} came without its weights.</source>
        <translation>第 {0} 步的快照没有带来它的权重。</translation>
    </message>
    <message>
        <source>A training has no command &quot;{0}&quot;; a newer version may have it.</source>
        <translation>训练没有命令“{0}”；较新的版本可能有。</translation>
    </message>
    <message>
        <source>A training has no event &quot;{0}&quot;; a newer version may have it.</source>
        <translation>训练没有事件“{0}”；较新的版本可能有。</translation>
    </message>
    <message>
        <source>{0} or more</source>
        <translation>不小于 {0}</translation>
    </message>
    <message>
        <source>above {0}</source>
        <translation>大于 {0}</translation>
    </message>
    <message>
        <source>from {0} to {1}</source>
        <translation>从 {0} 到 {1}</translation>
    </message>
    <message>
        <source>at least {0} and below {1}</source>
        <translation>不小于 {0} 且小于 {1}</translation>
    </message>
    <message>
        <source>is &quot;{0}&quot;; it should be a whole number</source>
        <translation>是“{0}”；应是整数</translation>
    </message>
    <message>
        <source>is &quot;{0}&quot;; it should be a number</source>
        <translation>是“{0}”；应是一个数</translation>
    </message>
    <message>
        <source>is {0}; it should be a finite number</source>
        <translation>是 {0}；应是有限的数</translation>
    </message>
    <message>
        <source>is {0}; it should be {1}</source>
        <translation>是 {0}；应{1}</translation>
    </message>
    <message>
        <source>is &quot;{0}&quot;; it should be one of {1}</source>
        <translation>是“{0}”；应是以下之一：{1}</translation>
    </message>
    <message>
        <source>is empty; it should name a file</source>
        <translation>为空；应是文件名</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>a button or menu entry that can be pressed</source>
        <translation>一个可以按下的按钮或菜单项</translation>
    </message>
    <message>
        <source>no other training that runs or is paused</source>
        <translation>没有其他正在运行或已暂停的训练</translation>
    </message>
    <message>
        <source>a training that runs</source>
        <translation>正在运行的训练</translation>
    </message>
    <message>
        <source>a paused training</source>
        <translation>已暂停的训练</translation>
    </message>
    <message>
        <source>a training that runs or is paused</source>
        <translation>正在运行或已暂停的训练</translation>
    </message>
    <message>
        <source>a training that begins</source>
        <translation>开始的训练</translation>
    </message>
    <message>
        <source>a training that is paused or over</source>
        <translation>已暂停或结束的训练</translation>
    </message>
    <message>
        <source>a training that goes on</source>
        <translation>继续的训练</translation>
    </message>
    <message>
        <source>a training that ends</source>
        <translation>结束的训练</translation>
    </message>
    <message>
        <source>one more step</source>
        <translation>再一步</translation>
    </message>
    <message>
        <source>an applied edit</source>
        <translation>已应用的编辑</translation>
    </message>
    <message>
        <source>a run on screen</source>
        <translation>屏幕上的训练记录</translation>
    </message>
    <message>
        <source>this run on screen</source>
        <translation>屏幕上的这个训练记录</translation>
    </message>
    <message>
        <source>a run on screen that reaches this step</source>
        <translation>屏幕上到达这一步的训练记录</translation>
    </message>
    <message>
        <source>this step on screen</source>
        <translation>屏幕上的这一步</translation>
    </message>
    <message>
        <source>this model on screen</source>
        <translation>屏幕上的这个模型</translation>
    </message>
    <message>
        <source>weights to look at</source>
        <translation>可查看的权重</translation>
    </message>
    <message>
        <source>a text that is written</source>
        <translation>已写成的文本</translation>
    </message>
    <message>
        <source>a panel that is ready</source>
        <translation>已就绪的面板</translation>
    </message>
    <message>
        <source>a saved picture</source>
        <translation>已保存的图片</translation>
    </message>
    <message>
        <source>a saved file</source>
        <translation>已保存的文件</translation>
    </message>
    <message>
        <source>a closed window</source>
        <translation>已关闭的窗口</translation>
    </message>
    <message>
        <source>there is no such command.</source>
        <translation>没有这个命令。</translation>
    </message>
    <message>
        <source>it has an argument &quot;{0}&quot;, but takes none.</source>
        <translation>它有参数“{0}”，但不接受参数。</translation>
    </message>
    <message>
        <source>it has no argument &quot;{0}&quot;; its arguments are {1}.</source>
        <translation>它没有参数“{0}”；它的参数是 {1}。</translation>
    </message>
    <message>
        <source>its {0} {1}.</source>
        <translation>它的 {0} {1}。</translation>
    </message>
    <message>
        <source>it needs the argument &quot;{0}&quot;.</source>
        <translation>它需要参数“{0}”。</translation>
    </message>
    <message>
        <source>is empty; it should have a value</source>
        <translation>为空；应有一个值</translation>
    </message>
    <message>
        <source>{0} has several documents; it should have one list of commands.</source>
        <translation>{0} 有多个文档；应只有一个命令列表。</translation>
    </message>
    <message>
        <source>{0} has an alias (*) in line {1}; a list of commands may have none.</source>
        <translation>{0} 的第 {1} 行有别名（*）；命令列表不能有别名。</translation>
    </message>
    <message>
        <source>{0} has the tag {1} in line {2}; a list of commands may have none.</source>
        <translation>{0} 的第 {2} 行有标签 {1}；命令列表不能有标签。</translation>
    </message>
    <message>
        <source>{0} is no list of commands; it should be as [{{&quot;command&quot;: &quot;window.quit&quot;}}].</source>
        <translation>{0} 不是命令列表；应如 [{{&quot;command&quot;: &quot;window.quit&quot;}}]。</translation>
    </message>
    <message>
        <source>it should be an object, as {{&quot;command&quot;: &quot;window.quit&quot;}}.</source>
        <translation>它应是一个对象，如 {{&quot;command&quot;: &quot;window.quit&quot;}}。</translation>
    </message>
    <message>
        <source>its {0} is a list or an object; it should be one value.</source>
        <translation>它的 {0} 是列表或对象；应是单个值。</translation>
    </message>
    <message>
        <source>the name of an argument should be a text.</source>
        <translation>参数名应是文本。</translation>
    </message>
    <message>
        <source>it has &quot;{0}&quot; twice.</source>
        <translation>它有两个“{0}”。</translation>
    </message>
    <message>
        <source>it has no &quot;command&quot;.</source>
        <translation>它没有“command”。</translation>
    </message>
    <message>
        <source>{0} is no text in UTF-8; a list of commands is JSON or YAML.</source>
        <translation>{0} 不是 UTF-8 文本；命令列表是 JSON 或 YAML。</translation>
    </message>
    <message>
        <source>{0} is neither JSON nor YAML from line {1} on: {2}.</source>
        <translation>{0} 从第 {1} 行起既不是 JSON 也不是 YAML：{2}。</translation>
    </message>
    <message>
        <source>{0} is empty; it should have a list of commands.</source>
        <translation>{0} 是空的；应有一个命令列表。</translation>
    </message>
    <message>
        <source>{0} is too large for a list of commands; it may have {1} bytes.</source>
        <translation>{0} 作为命令列表太大；最多 {1} 字节。</translation>
    </message>
    <message>
        <source>Command {0}: {1}</source>
        <translation>命令 {0}：{1}</translation>
    </message>
    <message>
        <source>Command {0}, {1}: {2}</source>
        <translation>命令 {0}（{1}）：{2}</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>File</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Panel</source>
        <translation>面板</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>预设</translation>
    </message>
    <message>
        <source>Start a training</source>
        <translation>开始训练</translation>
    </message>
    <message>
        <source>Wait until the shown run has a step</source>
        <translation>等到所示训练记录有某一步</translation>
    </message>
    <message>
        <source>Pause the training</source>
        <translation>暂停训练</translation>
    </message>
    <message>
        <source>Go on with the training</source>
        <translation>继续训练</translation>
    </message>
    <message>
        <source>Train one step and pause</source>
        <translation>训练一步后暂停</translation>
    </message>
    <message>
        <source>Start, pause or go on</source>
        <translation>开始、暂停或继续</translation>
    </message>
    <message>
        <source>Stop the training</source>
        <translation>停止训练</translation>
    </message>
    <message>
        <source>Change the training while it runs</source>
        <translation>在训练运行时改变它</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>种类</translation>
    </message>
    <message>
        <source>Keep a checkpoint</source>
        <translation>保留一个检查点</translation>
    </message>
    <message>
        <source>Train from the shown step</source>
        <translation>从所示步开始训练</translation>
    </message>
    <message>
        <source>Set the settings of the next training</source>
        <translation>设定下一次训练的设置</translation>
    </message>
    <message>
        <source>Add the breakpoint of the form</source>
        <translation>添加表单中的断点</translation>
    </message>
    <message>
        <source>Remove the chosen breakpoint</source>
        <translation>移除选中的断点</translation>
    </message>
    <message>
        <source>Set the text to look at</source>
        <translation>设定要查看的文本</translation>
    </message>
    <message>
        <source>Type the text to look at</source>
        <translation>输入要查看的文本</translation>
    </message>
    <message>
        <source>Compute the long text</source>
        <translation>计算这段长文本</translation>
    </message>
    <message>
        <source>Stop reading the long text</source>
        <translation>停止读取长文本</translation>
    </message>
    <message>
        <source>Set the prompt</source>
        <translation>设定提示</translation>
    </message>
    <message>
        <source>Generate a text</source>
        <translation>生成一段文本</translation>
    </message>
    <message>
        <source>Stop writing</source>
        <translation>停止书写</translation>
    </message>
    <message>
        <source>Show a layer</source>
        <translation>显示一层</translation>
    </message>
    <message>
        <source>Put the cursor on a state</source>
        <translation>将光标放在一个状态上</translation>
    </message>
    <message>
        <source>Show as trained, as changed or the difference</source>
        <translation>显示训练所得、更改后或两者之差</translation>
    </message>
    <message>
        <source>Show as trained, as changed</source>
        <translation>显示训练所得或更改后</translation>
    </message>
    <message>
        <source>Show a step of the run</source>
        <translation>显示训练记录的一步</translation>
    </message>
    <message>
        <source>Back to the newest step</source>
        <translation>回到最新一步</translation>
    </message>
    <message>
        <source>One snapshot back</source>
        <translation>后退一个快照</translation>
    </message>
    <message>
        <source>One snapshot on</source>
        <translation>前进一个快照</translation>
    </message>
    <message>
        <source>Play the run</source>
        <translation>播放训练记录</translation>
    </message>
    <message>
        <source>Keep the shown snapshot for good, or no longer</source>
        <translation>永久保留所示快照，或不再保留</translation>
    </message>
    <message>
        <source>Compare other steps with this one</source>
        <translation>将其他步与这一步比较</translation>
    </message>
    <message>
        <source>Stop training a step again</source>
        <translation>停止重新训练一步</translation>
    </message>
    <message>
        <source>Compare with nothing</source>
        <translation>不与任何网络比较</translation>
    </message>
    <message>
        <source>Order the rows of States</source>
        <translation>排列状态面板的行</translation>
    </message>
    <message>
        <source>Choose the colours of magnitudes</source>
        <translation>选择大小的颜色</translation>
    </message>
    <message>
        <source>Tick where a state strictly rises</source>
        <translation>在状态严格上升处加标记</translation>
    </message>
    <message>
        <source>Remember the shown weights</source>
        <translation>记住所示权重</translation>
    </message>
    <message>
        <source>Add an intervention</source>
        <translation>添加一个干预</translation>
    </message>
    <message>
        <source>Last position</source>
        <translation>最后位置</translation>
    </message>
    <message>
        <source>Remove the chosen intervention</source>
        <translation>移除选中的干预</translation>
    </message>
    <message>
        <source>Clear the interventions</source>
        <translation>清除所有干预</translation>
    </message>
    <message>
        <source>Undo the last change of the interventions</source>
        <translation>撤销对干预的上一次更改</translation>
    </message>
    <message>
        <source>Redo the change of the interventions</source>
        <translation>重做对干预的更改</translation>
    </message>
    <message>
        <source>Save the interventions</source>
        <translation>保存干预</translation>
    </message>
    <message>
        <source>Open interventions</source>
        <translation>打开干预</translation>
    </message>
    <message>
        <source>Put in the state of another text</source>
        <translation>放入另一段文本的状态</translation>
    </message>
    <message>
        <source>Find the curves of alpha</source>
        <translation>求 alpha 的曲线</translation>
    </message>
    <message>
        <source>Find what each state cell does</source>
        <translation>求每个状态单元的作用</translation>
    </message>
    <message>
        <source>Open a run</source>
        <translation>打开训练记录</translation>
    </message>
    <message>
        <source>Train the chosen run on</source>
        <translation>继续训练选中的训练记录</translation>
    </message>
    <message>
        <source>Compare the chosen runs</source>
        <translation>比较选中的训练记录</translation>
    </message>
    <message>
        <source>Duplicate the settings of the chosen run</source>
        <translation>复制选中训练记录的设置</translation>
    </message>
    <message>
        <source>Rename the chosen run</source>
        <translation>重命名选中的训练记录</translation>
    </message>
    <message>
        <source>Show the note of the chosen run</source>
        <translation>显示选中训练记录的备注</translation>
    </message>
    <message>
        <source>Star the chosen runs</source>
        <translation>为选中的训练记录加星标</translation>
    </message>
    <message>
        <source>Show the differing settings of the chosen runs</source>
        <translation>显示选中训练记录的不同设置</translation>
    </message>
    <message>
        <source>Move the chosen runs to the trash</source>
        <translation>将选中的训练记录移到回收站</translation>
    </message>
    <message>
        <source>Open a model</source>
        <translation>打开模型</translation>
    </message>
    <message>
        <source>Save the newest weights</source>
        <translation>保存最新权重</translation>
    </message>
    <message>
        <source>Show a panel</source>
        <translation>显示一个面板</translation>
    </message>
    <message>
        <source>Hide a panel</source>
        <translation>隐藏一个面板</translation>
    </message>
    <message>
        <source>Measure what a panel shows</source>
        <translation>测量面板所显示的内容</translation>
    </message>
    <message>
        <source>Stop what a panel measures</source>
        <translation>停止面板的测量</translation>
    </message>
    <message>
        <source>Try out a panel</source>
        <translation>试用一个面板</translation>
    </message>
    <message>
        <source>Follow the newest step</source>
        <translation>跟随最新一步</translation>
    </message>
    <message>
        <source>Fold or unfold a part of a panel</source>
        <translation>折叠或展开面板的一部分</translation>
    </message>
    <message>
        <source>Copy what a panel shows</source>
        <translation>复制面板显示的内容</translation>
    </message>
    <message>
        <source>Explain a panel</source>
        <translation>解释一个面板</translation>
    </message>
    <message>
        <source>Show the keys</source>
        <translation>显示按键</translation>
    </message>
    <message>
        <source>About SamOut Studio</source>
        <translation>关于 SamOut Studio</translation>
    </message>
    <message>
        <source>Close a message</source>
        <translation>关闭一条消息</translation>
    </message>
    <message>
        <source>Choose the theme</source>
        <translation>选择主题</translation>
    </message>
    <message>
        <source>Choose the language of the next start</source>
        <translation>选择下次启动时的语言</translation>
    </message>
    <message>
        <source>Set the size of the window</source>
        <translation>设定窗口大小</translation>
    </message>
    <message>
        <source>Width</source>
        <translation>宽度</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>高度</translation>
    </message>
    <message>
        <source>Restore the default layout</source>
        <translation>恢复默认布局</translation>
    </message>
    <message>
        <source>Save a picture of the window or of a panel</source>
        <translation>保存窗口或面板的图片</translation>
    </message>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>its kind &quot;{0}&quot; needs the argument &quot;{1}&quot;.</source>
        <translation>它的种类“{0}”需要参数“{1}”。</translation>
    </message>
    <message>
        <source>The network reads other tokens than the data of the run has; look for passages with a network that was trained on this data.</source>
        <translation>网络读取的词元与训练数据的词元不同；请用在此数据上训练的网络查找段落。</translation>
    </message>
    <message>
        <source>The data &quot;{0}&quot; holds nothing out to measure a loss on; give a held-out share.</source>
        <translation>数据“{0}”没有留出用来测量损失的部分；请给出留出比例。</translation>
    </message>
    <message>
        <source>The states of this network are no running maximum, so no channel is held since a token.</source>
        <translation>此网络的状态不是累积最大值，因此没有通道从某个词元起保持不变。</translation>
    </message>
    <message>
        <source>No channel of the head is held since a token of the text.</source>
        <translation>该头没有任何通道从文本的某个词元起保持不变。</translation>
    </message>
    <message>
        <source>By how much the loss rises without each head, mixer and feed-forward, or without each channel of a layer.</source>
        <translation>去掉每个头、混合器和前馈，或某层的每个通道时，损失上升多少。</translation>
    </message>
    <message>
        <source>How the network remembers: how often states change, how old they are, how far back a token matters, which gates never open.</source>
        <translation>网络如何记忆：状态多久改变一次，有多旧，多远以前的词元仍有影响，哪些门从不打开。</translation>
    </message>
    <message>
        <source>Which tokens the heads of layer 0 hold, and how far each prediction moves without each token.</source>
        <translation>第 0 层的各头保持哪些词元，以及去掉每个词元时每个预测移动多少。</translation>
    </message>
    <message>
        <source>The loss by position in texts that are longer than the trained ones.</source>
        <translation>在比训练文本更长的文本中，各位置上的损失。</translation>
    </message>
    <message>
        <source>Which layer&apos;s state carries a word from one sentence into another.</source>
        <translation>哪一层的状态把一个词从一个句子带到另一个句子。</translation>
    </message>
    <message>
        <source>Passages of the data in which a head holds the same channels together as at the end of the text.</source>
        <translation>数据中某个头像在文本末尾那样同时保持相同通道的段落。</translation>
    </message>
    <message>
        <source>How long after a name a linear map still reads it from the states.</source>
        <translation>在名字之后多久，线性映射仍能从状态中读出它。</translation>
    </message>
    <message>
        <source>The held-out loss by the alpha of each layer.</source>
        <translation>留出数据上的损失随每层 alpha 的变化。</translation>
    </message>
    <message>
        <source>How far the predictions move when a state cell of layer 0 is set at the first token.</source>
        <translation>在第一个词元处设定第 0 层的一个状态单元时，预测移动多少。</translation>
    </message>
    <message>
        <source>How two networks read the same text, and how they continue its beginning.</source>
        <translation>两个网络如何读同一文本，又如何续写其开头。</translation>
    </message>
    <message>
        <source>How much each token of a text surprises the network.</source>
        <translation>文本的每个词元让网络感到多意外。</translation>
    </message>
    <message>
        <source>What the network would say after each of its layers.</source>
        <translation>网络在它的每一层之后会说什么。</translation>
    </message>
</context>
<context>
    <name>core::core</name>
    <message>
        <source>alphas</source>
        <translation>各层 alpha</translation>
    </message>
    <message>
        <source>is &quot;{0}&quot;; it should be true or false</source>
        <translation>是“{0}”；应是 true 或 false</translation>
    </message>
    <message>
        <source>is &quot;{0}&quot;; it should be a number without quotes</source>
        <translation>是“{0}”；应是不带引号的数</translation>
    </message>
    <message>
        <source>is &quot;{0}&quot;; it should be true or false, without quotes</source>
        <translation>是“{0}”；应是不带引号的 true 或 false</translation>
    </message>
    <message>
        <source>is {0}, which is no text; a text like it needs quotes</source>
        <translation>是 {0}，不是文本；这样的文本需要引号</translation>
    </message>
</context>
<context>
    <name>samout::AlikePanel</name>
    <message>
        <source>Find alike</source>
        <translation>查找相似</translation>
    </message>
    <message>
        <source>Passages of the data in which a head holds the same channels together as in the text at the bottom will be found here: press Start to train.</source>
        <translation>这里将找出数据中的一些段落，在其中某个头同时保持着与底部文本中相同的通道：请按“开始”进行训练。</translation>
    </message>
    <message>
        <source>The head whose channels are looked for, in the layer that the States panel shows.</source>
        <translation>要查找其通道的头，属于“状态”面板所示的层。</translation>
    </message>
    <message>
        <source>Since when the channels are held: the channels that were set at the same token and have not changed until the last token of the stretch.</source>
        <translation>通道自何时起保持：指在同一个词元处设定、直到该段最后一个词元都没有改变的通道。</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Looks through up to 1,000,000 tokens of different passages of the training data. The first time with these weights the data is read, which takes some seconds; from then on a search takes less than one.</source>
        <translation>在训练数据的不同段落中查找，最多 1,000,000 个词元。首次使用这些权重时要读取数据，需要几秒；此后每次查找不到一秒。</translation>
    </message>
    <message>
        <source>The channels of the head, from 0 on: 0, 3, 7-9.</source>
        <translation>该头的通道，从 0 数起：0, 3, 7-9。</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Score: of every chosen channel that is set at the beginning of the stretch, the tokens are counted before it changes again, at most as many as the stretch has; their sum over all channels and tokens. 1: all are set there and held to the end. The first token of a sequence sets every channel, so it counts only for stretches that begin there themselves.</source>
        <translation>得分：对每个在该段开头设定的所选通道，数出它再次改变之前的词元数，最多为该段的词元数；把它们的总和除以通道数与词元数之积。1：所有通道都在那里设定，并保持到最后。序列的第一个词元会设定所有通道，所以只有本身就从那里开始的段才计入它。</translation>
    </message>
    <message>
        <source>Reading the data</source>
        <translation>正在读取数据</translation>
    </message>
    <message>
        <source>Click a token, choose since when, and press Find.</source>
        <translation>点击一个词元，选择自何时起，然后按“查找”。</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n held since &quot;%1&quot; (%2)</source>
        <translation>
            <numerusform>%n 个通道自“%1”（%2）起保持</numerusform>
        </translation>
    </message>
    <message>
        <source>There is no data to look through: train, or open a run.</source>
        <translation>没有可供查找的数据：请进行训练，或打开一次训练。</translation>
    </message>
    <message>
        <source>The channels cannot be read: &quot;%1&quot;. Write numbers from 0 to %2, as in &quot;0, 3, 7-9&quot;.</source>
        <translation>无法读懂这些通道：“%1”。请写 0 到 %2 的数，例如“0, 3, 7-9”。</translation>
    </message>
    <message>
        <source>The text to look at. Click the last token of the stretch; the ground of a token says how much of the head&apos;s state is then still held since it (yellow: all). Where the difference is shown it says how much more (red) or less (blue) than as trained.</source>
        <translation>观察的文本。点击一段的最后一个词元；每个词元的底色表示到那时该头的状态有多少仍是自它起保持的（黄色：全部）。显示差值时，底色表示比训练所得多（红色）或少（蓝色）多少。</translation>
    </message>
    <message>
        <source>The text is too long to look for passages like it: one token of every %1 is kept, and the search needs the very tokens at which channels were set. Shorten the text.</source>
        <translation>文本太长，无法查找与之相似的段落：每 %1 个词元只保留一个，而查找需要知道通道究竟在哪个词元处设定。请缩短文本。</translation>
    </message>
    <message>
        <source>Step %1: %L2 channels over %L3 tokens, looked for in the %L4 different passages (%L5 tokens) of %L6 tokens of the data.</source>
        <translation>第 %1 步：%L2 个通道，跨 %L3 个词元；在数据的 %L6 个词元所含的 %L4 个不同段落（%L5 个词元）中查找。</translation>
    </message>
    <message>
        <source>All are held together in %L1 of them by both networks, in %L2 only as changed, in %L3 only as trained; the mean score is %4, as trained %5.</source>
        <translation>其中 %L1 个段落由两个网络都同时保持全部通道，%L2 个仅改动后如此，%L3 个仅训练所得如此；平均得分为 %4，训练所得为 %5。</translation>
    </message>
    <message>
        <source>No passage is held differently: a change acts on the states of the layers after it.</source>
        <translation>没有段落的保持有所不同：改动只作用于其后各层的状态。</translation>
    </message>
    <message>
        <source>All are held together in %L1 of them; the mean score is %2.</source>
        <translation>其中 %L1 个段落同时保持全部通道；平均得分为 %2。</translation>
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
    <message>
        <source>%1 (changed)</source>
        <translation>%1（已改动）</translation>
    </message>
    <message>
        <source>layer %1, as changed minus as trained: alpha %2, share of the new %3 %</source>
        <translation>第 %1 层，改动后减去训练所得：alpha %2，新内容的份额 %3 %</translation>
    </message>
</context>
<context>
    <name>samout::AlphaSliders</name>
    <message>
        <source>Find the curves</source>
        <translation>求出曲线</translation>
    </message>
    <message>
        <source>Measures the held-out loss at %1 alphas from -0.5 to 1.5, layer by layer, with all else that is switched on. States that are set belong to the text alone and do not count.</source>
        <translation>逐层测量从 -0.5 到 1.5 的 %1 个 alpha 处的留出损失，其他已打开的干预照常生效。设定的状态只属于观察的文本，不计入。</translation>
    </message>
    <message>
        <source>Alpha of each layer, on the held-out loss</source>
        <translation>各层的 alpha 对留出损失的影响</translation>
    </message>
    <message>
        <source>Held-out loss by alpha</source>
        <translation>留出损失随 alpha 的变化</translation>
    </message>
    <message>
        <source>norm = LayerNorm(alpha * out + (1 - alpha) * x). Drag, or move with Left and Right; the dashed line is alpha as trained, the curve the held-out loss at every alpha, from its least to its largest on a logarithm.</source>
        <translation>norm = LayerNorm(alpha * out + (1 - alpha) * x)。拖动，或用左、右键移动；虚线是训练所得的 alpha，曲线是每个 alpha 处的留出损失，按对数刻度从最小值画到最大值。</translation>
    </message>
    <message>
        <source>Alpha of layer %1</source>
        <translation>第 %1 层的 alpha</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>重置</translation>
    </message>
    <message>
        <source>Alpha as it was trained.</source>
        <translation>训练所得的 alpha。</translation>
    </message>
    <message>
        <source>layer %1: alpha %2</source>
        <translation>第 %1 层：alpha %2</translation>
    </message>
    <message>
        <source>layer %1: with alpha %2 the held-out loss is %3 nats a token</source>
        <translation>第 %1 层：alpha 为 %2 时，留出损失为 %3 奈特/词元</translation>
    </message>
    <message>
        <source>There is no held-out data to measure the loss on. Start a training or open a run whose data holds some out.</source>
        <translation>没有可用来测量损失的留出数据。请开始或打开一次数据带有留出部分的训练。</translation>
    </message>
</context>
<context>
    <name>samout::BreakpointsPanel</name>
    <message>
        <source>At step</source>
        <translation>到达步数</translation>
    </message>
    <message>
        <source>Held-out loss rises, times in a row</source>
        <translation>留出损失连续上升的次数</translation>
    </message>
    <message>
        <source>Alpha of layer %1 crosses</source>
        <translation>第 %1 层的 alpha 越过</translation>
    </message>
    <message>
        <source>Gradient norm above</source>
        <translation>梯度范数大于</translation>
    </message>
    <message>
        <source>States change more rarely than k/(t+1)</source>
        <translation>状态改变比 k/(t+1) 更少</translation>
    </message>
    <message>
        <source>Pauses when this step is made.</source>
        <translation>完成这一步时暂停。</translation>
    </message>
    <message>
        <source>Counted at the steps that measure the held-out loss (see Measured every in the settings). A rise while the training loss falls means learning by heart.</source>
        <translation>在测量留出损失的步上计数（见设置中的“测量间隔”）。训练损失下降而留出损失上升，就是在死记。</translation>
    </message>
    <message>
        <source>Pauses when a step takes the layer&apos;s alpha from one side of the value to the other.</source>
        <translation>当某一步使该层的 alpha 从此值的一侧到达另一侧时暂停。</translation>
    </message>
    <message>
        <source>The L2 norm of the whole gradient, before clipping. Pauses when it becomes larger, not again as long as it stays so.</source>
        <translation>整个梯度的 L2 范数，裁剪之前。当它变得大于此值时暂停；只要一直大于，就不再暂停。</translation>
    </message>
    <message>
        <source>A running maximum of anything changes with chance 1/(t+1) at position t. Counted over 16 held-out sequences: the changes of a layer&apos;s states, divided by the sum of 1/(t+1). It is measured at every 20th step while this breakpoint is on, which takes less than 2 % of the training&apos;s time.</source>
        <translation>任何累计最大值在位置 t 处改变的机会为 1/(t+1)。在 16 个留出序列上计数：一层状态的改变次数，除以 1/(t+1) 之和。此断点打开时，每 20 步测量一次，所花时间不到训练时间的 2 %。</translation>
    </message>
    <message>
        <source>The training pauses where a condition comes true. Choose one below and press Add.</source>
        <translation>训练会在条件成立处暂停。请在下方选择一个条件并按“添加”。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Pause when</source>
        <translation>暂停条件</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>值</translation>
    </message>
    <message>
        <source>Met</source>
        <translation>触发</translation>
    </message>
    <message>
        <source>Breakpoints</source>
        <translation>断点</translation>
    </message>
    <message>
        <source>Remove the chosen breakpoint</source>
        <translation>移除所选断点</translation>
    </message>
    <message>
        <source>Alpha of a layer crosses</source>
        <translation>某层的 alpha 越过</translation>
    </message>
    <message>
        <source>Condition</source>
        <translation>条件</translation>
    </message>
    <message>
        <source>Layer </source>
        <translation>层 </translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>添加</translation>
    </message>
    <message>
        <source>Add this breakpoint, switched on</source>
        <translation>添加此断点并打开</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>Loss or gradient not finite</source>
        <translation>损失或梯度不是有限数</translation>
    </message>
    <message>
        <source>never</source>
        <translation>从未</translation>
    </message>
    <message>
        <source>“%1” is no number for the breakpoint; it should be one as 10.</source>
        <translation>“%1”不是断点可用的数；它应当是像 10 这样的数。</translation>
    </message>
    <message>
        <source>This training measures no held-out loss.</source>
        <translation>这次训练不测量留出损失。</translation>
    </message>
    <message>
        <source>The data of this training has no held-out sequences.</source>
        <translation>这次训练的数据没有留出序列。</translation>
    </message>
    <message>
        <source>Such a step is not made, and the last good weights stay. Switched off, the training does not pause there: it passes the step over and goes on with the next data. This breakpoint cannot be removed.</source>
        <translation>这样的一步不会执行，最后一份完好的权重保持不变。关闭后，训练不在此暂停：它跳过这一步，用下一批数据继续。此断点不能移除。</translation>
    </message>
    <message>
        <source>There is no such layer; the layers of this network are 0 to %1.</source>
        <translation>没有这一层；此网络的层是 0 到 %1。</translation>
    </message>
</context>
<context>
    <name>samout::CellEffectsView</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>The token whose cells are tried; it follows the cursor.</source>
        <translation>要试验其格子的词元；随光标移动。</translation>
    </message>
    <message>
        <source>Token</source>
        <translation>词元</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Set to</source>
        <translation>设为</translation>
    </message>
    <message>
        <source>Moves</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>末尾</translation>
    </message>
    <message>
        <source>A click goes to the cell; Enter or a double-click sets it.</source>
        <translation>单击转到该格子；回车或双击设定它。</translation>
    </message>
    <message>
        <source>Effects of cells at token</source>
        <translation>格子的作用，所在词元</translation>
    </message>
    <message>
        <source>Trying every cell</source>
        <translation>正在试验每个格子</translation>
    </message>
    <message>
        <source>Most single cells change nothing. Press Find to try all channels of layer %1.</source>
        <translation>大多数单个格子不会改变任何结果。按“查找”可试验第 %1 层的所有通道。</translation>
    </message>
    <message>
        <source>Layer %1 at token %2, step %3, in nats; a double-click sets a cell.</source>
        <translation>第 %1 层，词元 %2 处，第 %3 步，单位奈特；双击设定格子。</translation>
    </message>
    <message>
        <source>KL(before || after) of the last of these predictions, in nats.</source>
        <translation>这些预测中最后一个的 KL(before || after)，单位奈特。</translation>
    </message>
    <message>
        <source>Sets every channel of the layer at this token to the largest and to the smallest state of its head, and measures how far the next %1 predictions at most move: the mean of KL(before || after), in nats.</source>
        <translation>把本层每个通道在此词元处的状态分别设为其所属头的最大状态和最小状态，测量其后至多 %1 个预测移动多远：KL(before || after) 的平均值，单位奈特，其中 before 为改动前，after 为改动后。</translation>
    </message>
    <message>
        <source>The mean of KL(before || after) of the next %1 predictions at most, this token&apos;s first, in nats.</source>
        <translation>从此词元的预测起，其后至多 %1 个预测的 KL(before || after) 的平均值，单位奈特。</translation>
    </message>
</context>
<context>
    <name>samout::ChangesPanel</name>
    <message>
        <source>Panels show it</source>
        <translation>面板显示</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>屏蔽</translation>
    </message>
    <message>
        <source>Click a part to silence it: what it would have added is 0.</source>
        <translation>点击一个部分即可屏蔽它：它本来要加入的值变为 0。</translation>
    </message>
    <message>
        <source>Alpha</source>
        <translation>Alpha</translation>
    </message>
    <message>
        <source>Mix more or less of a layer&apos;s new output in.</source>
        <translation>混入更多或更少的某层新输出。</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>格子</translation>
    </message>
    <message>
        <source>Which single states matter. To set any other, double-click it in the States panel.</source>
        <translation>哪些单个状态起作用。要设定其他状态，请在“状态”面板中双击它。</translation>
    </message>
    <message>
        <source>Other text</source>
        <translation>另一段文本</translation>
    </message>
    <message>
        <source>Put in what the network remembers of another text.</source>
        <translation>放入网络对另一段文本的记忆。</translation>
    </message>
    <message>
        <source>List (%1)</source>
        <translation>列表（%1）</translation>
    </message>
    <message>
        <source>What if</source>
        <translation>假如</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Takes back the last change (Ctrl+Z).</source>
        <translation>撤销上一次改动（Ctrl+Z）。</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Makes it again (Ctrl+Shift+Z).</source>
        <translation>重新做一次（Ctrl+Shift+Z）。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Takes all interventions away: the network as trained, to the same bits.</source>
        <translation>去掉所有干预：回到训练所得的网络，逐位相同。</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>保存…</translation>
    </message>
    <message>
        <source>Keeps the list in a file, with the name of the network and its step.</source>
        <translation>把列表连同网络的名称和步数保存到文件。</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>打开…</translation>
    </message>
    <message>
        <source>Takes the list of a file in place of this one.</source>
        <translation>用文件中的列表替换当前列表。</translation>
    </message>
    <message>
        <source>Interventions</source>
        <translation>干预</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Save the interventions</source>
        <translation>保存干预</translation>
    </message>
    <message>
        <source>Interventions (*.json)</source>
        <translation>干预 (*.json)</translation>
    </message>
    <message>
        <source>Open interventions</source>
        <translation>打开干预</translation>
    </message>
    <message>
        <source>The interventions are in %1.</source>
        <translation>干预已存入 %1。</translation>
    </message>
    <message>
        <source>These interventions were made on %1.</source>
        <translation>这些干预是在 %1 上做的。</translation>
    </message>
    <message numerus="yes">
        <source>%1 %n of them do not fit what is looked at and are off.</source>
        <translation>
            <numerusform>%1其中 %n 项不适合正在看的网络或文本，已关闭。</numerusform>
        </translation>
    </message>
    <message>
        <source>(off) </source>
        <translation>（关闭）</translation>
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
    <name>samout::CommandForm</name>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
</context>
<context>
    <name>samout::CommandPalette</name>
    <message>
        <source>Find a command</source>
        <translation>查找命令</translation>
    </message>
    <message>
        <source>Words of the command&apos;s name</source>
        <translation>命令名中的词</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>命令</translation>
    </message>
</context>
<context>
    <name>samout::Commands</name>
    <message>
        <source>It cannot be carried out now; it needs %1.</source>
        <translation>现在不能执行；它需要%1。</translation>
    </message>
</context>
<context>
    <name>samout::ComparePanel</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
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
    <message>
        <source>Two networks on the same text: choose a step on the timeline and press Compare, or choose two runs. What you change in the What if panel is compared with the network as trained.</source>
        <translation>两个网络读同一段文本：在时间线上选择一步并按“比较”，或选择两个训练。你在“假如”面板中所做的改动，会与训练所得的网络比较。</translation>
    </message>
    <message>
        <source>as changed</source>
        <translation>改动后</translation>
    </message>
    <message>
        <source>With the interventions of the What if panel.</source>
        <translation>带有“假如”面板中的干预。</translation>
    </message>
    <message>
        <source>A: as trained, B: as changed in the What if panel; both of step %1.</source>
        <translation>A：训练所得，B：在“假如”面板中改动后；两者都属于第 %1 步。</translation>
    </message>
    <message>
        <source>Only the first %L1 tokens of the text are compared.</source>
        <translation>只比较文本的前 %L1 个词元。</translation>
    </message>
</context>
<context>
    <name>samout::Deeds</name>
    <message>
        <source>The run on screen has no step %1; its last is %2.</source>
        <translation>屏幕上的训练记录没有第 %1 步；最后一步是 %2。</translation>
    </message>
    <message>
        <source>The run on screen cannot show an earlier step now.</source>
        <translation>屏幕上的训练记录现在不能显示更早的一步。</translation>
    </message>
    <message>
        <source>There is no run %1.</source>
        <translation>没有训练记录 %1。</translation>
    </message>
    <message>
        <source>The training ended before it was changed.</source>
        <translation>训练在更改之前已结束。</translation>
    </message>
    <message>
        <source>The training is paused at step %1.</source>
        <translation>训练已暂停于第 %1 步。</translation>
    </message>
    <message>
        <source>The run on screen ended at step %1.</source>
        <translation>屏幕上的训练记录结束于第 %1 步。</translation>
    </message>
    <message>
        <source>There is no panel “%1”; the panels are %2.</source>
        <translation>没有面板“%1”；面板有 %2。</translation>
    </message>
    <message>
        <source>The picture cannot be written to %1; it should be a .png in a folder that you may write to, on a disk that is not full.</source>
        <translation>图片不能写入 %1；它应是您可以写入的文件夹中的 .png，且磁盘未满。</translation>
    </message>
</context>
<context>
    <name>samout::DifferingSettings</name>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Differing settings</source>
        <translation>不同的设置</translation>
    </message>
    <message>
        <source>The chosen runs began with the same settings.</source>
        <translation>所选训练开始时的设置相同。</translation>
    </message>
</context>
<context>
    <name>samout::EditsPanel</name>
    <message>
        <source>Here you freeze, zero or renew parts of the network while it trains. Press Start to train.</source>
        <translation>在这里可以趁网络训练时冻结、清零或重新初始化它的一些部分。请按“开始”进行训练。</translation>
    </message>
    <message>
        <source>What is frozen keeps its weights and its Adam moments to the bit. It still counts in the gradient norm.</source>
        <translation>被冻结的部分，其权重和 Adam 矩逐位不变。它仍计入梯度范数。</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>What was changed after it</source>
        <translation>在该步之后改变的内容</translation>
    </message>
    <message>
        <source>Changes of this training</source>
        <translation>这次训练中的改变</translation>
    </message>
    <message>
        <source>Kept with the run: Replay and Go on make them again at the same steps, to the same bits.</source>
        <translation>随这次训练一起保存：“重放”和“继续”会在相同的步再次做出这些改变，结果逐位相同。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>改变</translation>
    </message>
    <message>
        <source>Its weights and its Adam moments stay as they are: with gradients of 0 the moments would still move them.</source>
        <translation>它的权重和 Adam 矩保持原样：如果只是把梯度设为 0，Adam 矩仍会移动权重。</translation>
    </message>
    <message>
        <source>A head owns its rows in the four blocks of the layer&apos;s combined.weight: those of base (two), shift and candidate.</source>
        <translation>一个头拥有本层 combined.weight 四个块中属于它的行：base 的（两块）、shift 的和 candidate 的。</translation>
    </message>
    <message>
        <source>Freeze</source>
        <translation>冻结</translation>
    </message>
    <message>
        <source>Unfreeze</source>
        <translation>解冻</translation>
    </message>
    <message>
        <source>The layer learns again, but for heads that are frozen themselves.</source>
        <translation>本层重新学习，但自身被冻结的头除外。</translation>
    </message>
    <message>
        <source>The head learns again, unless its layer is frozen.</source>
        <translation>该头重新学习，除非它所在的层被冻结。</translation>
    </message>
    <message>
        <source>Zero</source>
        <translation>清零</translation>
    </message>
    <message>
        <source>Its weights and Adam moments become 0. mixed = (base * state + shift) * state has no slope where all three are 0, so the head stays 0 until it is re-initialised.</source>
        <translation>它的权重和 Adam 矩变为 0。三者都为 0 时，mixed = (base * state + shift) * state 没有斜率，所以该头一直为 0，直到重新初始化。</translation>
    </message>
    <message>
        <source>Re-initialise</source>
        <translation>重新初始化</translation>
    </message>
    <message>
        <source>New random weights in ±1/sqrt(hidden), as at the beginning, of the run&apos;s seed and this step; its Adam moments become 0.</source>
        <translation>与开始时一样，在 ±1/sqrt(hidden) 内取新的随机权重，由这次训练的种子和这一步决定；它的 Adam 矩变为 0。</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>固定</translation>
    </message>
    <message>
        <source>The layer&apos;s alpha becomes this number and stays it.</source>
        <translation>本层的 alpha 变为这个数，并保持不变。</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>放开</translation>
    </message>
    <message>
        <source>The layer&apos;s alpha is learnt again.</source>
        <translation>本层的 alpha 重新学习。</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>应用</translation>
    </message>
    <message>
        <source>Another learning rate from the next step on; warm-up and cosine scale it.</source>
        <translation>从下一步起换一个学习率；预热和余弦会缩放它。</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Alpha to hold</source>
        <translation>要固定的 alpha</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>Its alpha</source>
        <translation>它的 alpha</translation>
    </message>
    <message>
        <source>Its head</source>
        <translation>它的头</translation>
    </message>
    <message>
        <source>The training is over. Start another one, or go on with its run, to change it.</source>
        <translation>训练已经结束。要做改变，请开始另一次训练，或继续这次训练。</translation>
    </message>
    <message>
        <source>“%1” is no number for %2; it should be one as 0.5.</source>
        <translation>“%1”不能用作%2；它应当是像 0.5 这样的数。</translation>
    </message>
    <message>
        <source>the learning rate</source>
        <translation>学习率</translation>
    </message>
    <message>
        <source>the alpha</source>
        <translation>该层的 alpha</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>head %1 of layer %2</source>
        <translation>第 %2 层的头 %1</translation>
    </message>
    <message>
        <source>Nothing is frozen.</source>
        <translation>没有冻结任何部分。</translation>
    </message>
    <message>
        <source>Frozen now: %1.</source>
        <translation>现在冻结的：%1。</translation>
    </message>
    <message>
        <source>, </source>
        <translation>、</translation>
    </message>
    <message>
        <source>layer %1 at %2</source>
        <translation>第 %1 层为 %2</translation>
    </message>
    <message>
        <source>No alpha is held.</source>
        <translation>没有固定任何 alpha。</translation>
    </message>
    <message>
        <source>Alphas held: %1.</source>
        <translation>固定的 alpha：%1。</translation>
    </message>
</context>
<context>
    <name>samout::EffectGrid</name>
    <message>
        <source>random</source>
        <translation>随机</translation>
    </message>
    <message>
        <source>feed-f.</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>mixer</source>
        <translation>混合器</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
</context>
<context>
    <name>samout::EffectsPanel</name>
    <message>
        <source>Effects</source>
        <translation>作用</translation>
    </message>
    <message>
        <source>How much the loss rises without each head, mixer and feed-forward will be shown here: press Measure.</source>
        <translation>这里将显示去掉每个头、每个混合器和每个前馈之后损失上升多少：请按“测量”。</translation>
    </message>
    <message>
        <source>Measures what is shown on held-out data: takes seconds, and does not disturb the training much.</source>
        <translation>在留出数据上测量所显示的内容：需要几秒，对训练影响不大。</translation>
    </message>
    <message>
        <source>Moved towards the other text by this layer&apos;s state (%)</source>
        <translation>此层的状态使预测向另一段文本移动的比例（%）</translation>
    </message>
    <message>
        <source>Heads and parts</source>
        <translation>头和部件</translation>
    </message>
    <message>
        <source>Single channels</source>
        <translation>单个通道</translation>
    </message>
    <message>
        <source>States put across</source>
        <translation>移植状态</translation>
    </message>
    <message>
        <source>Heads and parts: the loss without each of them. Single channels: the same for every channel of the chosen layer. States put across: which layer&apos;s state carries a word.</source>
        <translation>头和部件：逐一去掉后的损失。单个通道：对所选层的每个通道做同样的测量。移植状态：看一个词由哪一层的状态携带。</translation>
    </message>
    <message>
        <source>The name</source>
        <translation>名字</translation>
    </message>
    <message>
        <source>The animal</source>
        <translation>动物</translation>
    </message>
    <message>
        <source>The thing</source>
        <translation>事物</translation>
    </message>
    <message>
        <source>The word in which two texts of the sentences differ: “where is tom? ” or “where is mia? ”, “tom has a cat. the ” or “tom has a dog. the ”, “mia put the cup in the box. the ” or “mia put the hat in the box. the ”.</source>
        <translation>句子中的两段文本在哪个词上不同：“where is tom? ”或“where is mia? ”，“tom has a cat. the ”或“tom has a dog. the ”，“mia put the cup in the box. the ”或“mia put the hat in the box. the ”。</translation>
    </message>
    <message>
        <source>The rise of the held-out loss, in nats a token, where the mixed output of a head&apos;s channels is 0; of the whole mixer; or where the feed-forward&apos;s output is 0. Red hurts. Random is the mean of random groups of as many channels in that layer: a head matters as a head only where it differs from them. Click a row to choose its layer.</source>
        <translation>留出损失的上升，单位为奈特/词元：一个头的各通道的 mixed 输出为 0 时；整个混合器的 mixed 为 0 时；或前馈的输出为 0 时。红色表示有损害。“随机”是该层中通道数相同的若干随机组的平均值：只有与它们不同，一个头才作为头而重要。点击一行可选择它的层。</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>通道</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Loss rises by</source>
        <translation>损失上升</translation>
    </message>
    <message>
        <source>Standard error</source>
        <translation>标准误差</translation>
    </message>
    <message>
        <source>The rise of the held-out loss, in nats a token, where one channel of mixed is 0; the one that hurts most first. Most do nothing.</source>
        <translation>一个 mixed 通道为 0 时留出损失的上升，单位为奈特/词元；损害最大的在前。大多数通道没有作用。</translation>
    </message>
    <message>
        <source>Both texts are read. At the last token of the one, this layer&apos;s state becomes the other&apos;s. 1 - KL(other || patched) / KL(other || one), summed over all pairs, both ways: 0 % nothing moves, 100 % it predicts as after the other text.</source>
        <translation>两段文本都读。在其中一段的最后一个词元处，把此层的状态换成另一段的状态。1 - KL(other || patched) / KL(other || one)，其中 one 为这一段的预测，other 为另一段的预测，patched 为换状态后的预测；对所有文本对、两个方向求和：0 % 表示毫无移动，100 % 表示预测与读过另一段文本之后相同。</translation>
    </message>
    <message>
        <source>Step %1: loss %2 ± %3 over %4 tokens. 20 random groups of as many channels as a head: %5 on average, standard deviation %6.</source>
        <translation>第 %1 步：损失 %2 ± %3，共 %4 个词元。20 个与一个头通道数相同的随机组：平均 %5，标准差 %6。</translation>
    </message>
    <message>
        <source>Step %1, layer %2: the loss without each channel, in nats a token.</source>
        <translation>第 %1 步，第 %2 层：去掉每个通道时的损失，单位为奈特/词元。</translation>
    </message>
    <message>
        <source>layer %1, random groups: %2 on average, standard deviation %3</source>
        <translation>第 %1 层，随机组：平均 %2，标准差 %3</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>the mixer</source>
        <translation>混合器</translation>
    </message>
    <message>
        <source>the feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>layer %1 without %2: the loss rises by %3 (standard error), from %4 to %5; random groups here %6</source>
        <translation>第 %1 层，去掉%2：损失上升 %3（标准误差），从 %4 到 %5；此处的随机组为 %6</translation>
    </message>
    <message>
        <source>Step %1: loss %2 as changed, %3 as trained, over %4 tokens. A cell is the rise as changed minus that as trained; 20 random groups: %5 on average, standard deviation %6.</source>
        <translation>第 %1 步：损失改动后为 %2，训练所得为 %3，共 %4 个词元。每个格子是改动后的上升减去训练所得的上升；20 个随机组：平均 %5，标准差 %6。</translation>
    </message>
    <message>
        <source>Rises more by</source>
        <translation>上升多出</translation>
    </message>
    <message>
        <source>Step %1, layer %2: by how much more the loss rises without each channel as changed than as trained, in nats a token.</source>
        <translation>第 %1 步，第 %2 层：去掉每个通道时，改动后的损失比训练所得多上升多少，单位为奈特/词元。</translation>
    </message>
    <message>
        <source>layer %1 without %2, as changed minus as trained: the loss rises by %3 (standard error, as if of different texts); random groups here %4</source>
        <translation>第 %1 层，去掉%2，改动后减去训练所得：损失上升 %3（标准误差，按不同文本计）；此处的随机组为 %4</translation>
    </message>
    <message>
        <source>the name</source>
        <translation>名字</translation>
    </message>
    <message>
        <source>the animal</source>
        <translation>动物</translation>
    </message>
    <message>
        <source>the thing</source>
        <translation>物品</translation>
    </message>
    <message>
        <source>Step %1: %2 pairs of texts that differ in %3; their predictions are %4 nats apart as changed, %5 as trained. A bar is by how much further a state moves them as changed. With the states of all layers: %6 % as changed, %7 % as trained.</source>
        <translation>第 %1 步：%2 对只在%3上不同的文本；它们的预测改动后相差 %4 奈特，训练所得相差 %5 奈特。条形表示改动后状态使预测多移动了多少。用所有层的状态：改动后 %6 %，训练所得 %7 %。</translation>
    </message>
    <message>
        <source>Step %1: %2 pairs of texts that differ in %3; their predictions are %4 nats apart. With the states of all layers: %5 %.</source>
        <translation>第 %1 步：%2 对只在%3上不同的文本；它们的预测相差 %4 奈特。用所有层的状态：%5 %。</translation>
    </message>
    <message>
        <source>layer %1, as changed minus as trained: where %2 differs its state moves the prediction by %3 ± %4 % of the way</source>
        <translation>第 %1 层，改动后减去训练所得：在%2不同之处，它的状态使预测移动了全程的 %3 ± %4 %</translation>
    </message>
    <message>
        <source>layer %1: where %2 differs its state moves the prediction by %3 ± %4 % of the way</source>
        <translation>第 %1 层：在%2不同之处，它的状态使预测移动了全程的 %3 ± %4 %</translation>
    </message>
</context>
<context>
    <name>samout::ExaminedPanel</name>
    <message>
        <source>difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>As changed, minus as trained: what the interventions of the What if panel do.</source>
        <translation>改动后减去训练所得：“假如”面板中的干预造成的影响。</translation>
    </message>
    <message>
        <source>as changed</source>
        <translation>改动后</translation>
    </message>
    <message>
        <source>The network with the interventions of the What if panel; D shows it as trained.</source>
        <translation>带有“假如”面板中的干预的网络；按 D 显示训练所得的网络。</translation>
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
    <message>
        <source>As trained</source>
        <translation>训练所得</translation>
    </message>
    <message>
        <source>as changed</source>
        <translation>改动后</translation>
    </message>
    <message>
        <source>The network with the interventions of the What if panel, beside what it writes as trained; the first token that differs is underlined.</source>
        <translation>带有“假如”面板中的干预的网络，旁边是训练所得的网络写出的内容；第一个不同的词元带下划线。</translation>
    </message>
    <message>
        <source>As changed, from the same seed</source>
        <translation>改动后，用同一种子</translation>
    </message>
    <message>
        <source>As changed: the same text</source>
        <translation>改动后：文本相同</translation>
    </message>
    <message>
        <source>As changed: differs from token %1 on</source>
        <translation>改动后：从词元 %1 起不同</translation>
    </message>
</context>
<context>
    <name>samout::Help</name>
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
    <message>
        <source>&lt;h2&gt;Change&lt;/h2&gt;&lt;p&gt;Changes the network while it trains, between two steps. &lt;b&gt;Freeze&lt;/b&gt;: the weights and the Adam moments of a layer or a head stay to the bit, the rest goes on learning. Setting gradients to 0 would not do: the moments would still move the weights.&lt;/p&gt;&lt;p&gt;A &lt;b&gt;head&lt;/b&gt; owns its rows in the four blocks of the layer&apos;s combined.weight. &lt;b&gt;Zero&lt;/b&gt; makes them 0, and it stays so: (base * state + shift) * state has no slope where all three are 0. &lt;b&gt;Re-initialise&lt;/b&gt; draws new weights as at the beginning.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Hold&lt;/b&gt; sets a layer&apos;s alpha and keeps it; &lt;b&gt;Release&lt;/b&gt; lets it be learnt again.&lt;/p&gt;&lt;p&gt;Every change is written to the run with its step and marked on the timeline. A run that goes on, or that is replayed, makes the same changes at the same steps, to the same bits.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;改变&lt;/h2&gt;&lt;p&gt;在网络训练期间，于两步之间改变它。&lt;b&gt;冻结&lt;/b&gt;：一层或一个头的权重和 Adam 矩逐位不变，其余部分继续学习。只把梯度设为 0 是不够的：Adam 矩仍会移动权重。&lt;/p&gt;&lt;p&gt;一个&lt;b&gt;头&lt;/b&gt;拥有本层 combined.weight 四个块中属于它的行。&lt;b&gt;清零&lt;/b&gt;使这些行变为 0，而且一直如此：三者都为 0 时，(base * state + shift) * state 没有斜率。&lt;b&gt;重新初始化&lt;/b&gt;与开始时一样抽取新的权重。&lt;/p&gt;&lt;p&gt;&lt;b&gt;固定&lt;/b&gt;设定一层的 alpha 并保持它；&lt;b&gt;放开&lt;/b&gt;让它重新学习。&lt;/p&gt;&lt;p&gt;每次改变都连同所在的步写入训练记录，并标在时间线上。继续或重放一次训练时，会在相同的步做出相同的改变，结果逐位相同。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;What if&lt;/h2&gt;&lt;p&gt;Change the network that is looked at and see what follows in every panel; its weights stay, and the training does not know. &lt;b&gt;Silence&lt;/b&gt; a head (its part of mixed is 0), a layer&apos;s mixer or its feed-forward. Drag an &lt;b&gt;alpha&lt;/b&gt;: &lt;i&gt;Find the curves&lt;/i&gt; draws the held-out loss from -0.5 to 1.5 behind each.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Set a state&lt;/b&gt;: double-click a cell of the States panel, or press Enter on the cursor&apos;s cell; with Shift all channels of the head at that token. The running maximum goes on from there. Most single cells change nothing: &lt;b&gt;Cells&lt;/b&gt; lists those that do, by how far they move the later predictions (KL divergence, nats). &lt;b&gt;Other text&lt;/b&gt; puts in what the network remembers of another text: where the prediction follows, the layer carried what differs.&lt;/p&gt;&lt;p&gt;What you changed is listed below: untick it to switch it off, Delete takes it away, Ctrl+Z and Ctrl+Shift+Z undo and redo. &lt;b&gt;D&lt;/b&gt; shows the network as trained and as changed in turn; &lt;i&gt;Difference&lt;/i&gt; shows as changed minus as trained. Panels that show a changed network say so beside their name. What does not fit another network or text is off while that is looked at.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;假如&lt;/h2&gt;&lt;p&gt;改动所观察的网络，看看每个面板有什么结果；它的权重不变，训练也不知道。&lt;b&gt;屏蔽&lt;/b&gt;一个头（mixed 中属于它的部分为 0）、一层的混合器或它的前馈。拖动一个 &lt;b&gt;alpha&lt;/b&gt;：&lt;i&gt;求出曲线&lt;/i&gt;会在每个 alpha 后面画出从 -0.5 到 1.5 的留出损失。&lt;/p&gt;&lt;p&gt;&lt;b&gt;设定状态&lt;/b&gt;：双击“状态”面板的一个格子，或在光标所在的格子上按 Enter；同时按 Shift 则设定该头在那个词元处的所有通道。累计最大值由此继续。大多数单个格子不会改变任何结果：&lt;b&gt;格子&lt;/b&gt;列出会改变结果的那些，以它们使后面的预测移动多远为准（KL 散度，奈特）。&lt;b&gt;其他文本&lt;/b&gt;放入网络对另一段文本的记忆：如果预测随之改变，不同之处就由该层携带。&lt;/p&gt;&lt;p&gt;你的改动列在下面：取消勾选可关闭一项，按 Delete 删除一项，Ctrl+Z 和 Ctrl+Shift+Z 撤销和重做。&lt;b&gt;D&lt;/b&gt; 轮流显示训练所得的网络和改动后的网络；&lt;i&gt;差值&lt;/i&gt;显示改动后减去训练所得。显示改动后网络的面板会在名称旁注明。不适合另一个网络或另一段文本的改动，在观察它们时关闭。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Memory&lt;/h2&gt;&lt;p&gt;&lt;b&gt;What memory holds&lt;/b&gt;: a picture a head. Row t, column j: the share of the head&apos;s channels whose state at token t has been held &lt;b&gt;since&lt;/b&gt; token j. A row sums to 1. A bright column is a token that memory keeps. Click a row to see the text shaded by it.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Influence&lt;/b&gt;, what matters, on the same axes: token j is hidden from memory in all layers (its candidates count at its own position alone), and the prediction at t moves by KL(p || q) nats, p with it and q without. Much of what memory holds matters to nothing.&lt;/p&gt;&lt;p&gt;Influence is measured by itself while nothing trains, else when you press &lt;b&gt;Measure influence&lt;/b&gt;. Where there are interventions, a first column is what is held since an edit.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;记忆&lt;/h2&gt;&lt;p&gt;&lt;b&gt;记忆保持着什么&lt;/b&gt;：每个头一张图。第 t 行第 j 列：在该头的通道中，有多大份额在词元 t 处的状态是&lt;b&gt;自&lt;/b&gt;词元 j 起保持的。每行之和为 1。亮的列是记忆保留的词元。点击一行，文本就按该行着色。&lt;/p&gt;&lt;p&gt;&lt;b&gt;影响&lt;/b&gt;，即什么起作用，坐标轴相同：在所有层中对记忆隐藏词元 j（它的候选值只在它自己的位置上计入），t 处的预测便移动 KL(p || q) 奈特，p 是有它时的预测，q 是没有它时的预测。记忆保持的许多内容对什么都不起作用。&lt;/p&gt;&lt;p&gt;没有训练时，影响会自动测量；否则在你按&lt;b&gt;测量影响&lt;/b&gt;时测量。有干预时，第一列是自一次编辑起保持的部分。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Microscope&lt;/h2&gt;&lt;p&gt;One channel of one layer at one token, as the computation itself with its real numbers. A number has the colour of its quantity wherever it is used again; under the pointer it has all its digits.&lt;/p&gt;&lt;p&gt;On top, the channel over the text: every token&apos;s candidate is a dot, the state a staircase, for it is the largest candidate so far. The large dot is the one that is held at the marked token.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Left&lt;/b&gt; and &lt;b&gt;Right&lt;/b&gt; step by token, &lt;b&gt;Up&lt;/b&gt; and &lt;b&gt;Down&lt;/b&gt; by layer, &lt;b&gt;PageUp&lt;/b&gt; and &lt;b&gt;PageDown&lt;/b&gt; by channel. A click on the token that a state is from goes there.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;显微镜&lt;/h2&gt;&lt;p&gt;一层的一个通道在一个词元处，以真实的数展示计算本身。一个数在再次使用的任何地方都带有它那个量的颜色；指针指着它时，会显示它的全部数位。&lt;/p&gt;&lt;p&gt;上方是这个通道在整段文本上的样子：每个词元的 candidate 是一个点，状态是阶梯线，因为它是至今最大的 candidate。大点是在所标记词元处保持的那个。&lt;/p&gt;&lt;p&gt;&lt;b&gt;左&lt;/b&gt;、&lt;b&gt;右&lt;/b&gt;键逐个词元移动，&lt;b&gt;上&lt;/b&gt;、&lt;b&gt;下&lt;/b&gt;键逐层移动，&lt;b&gt;PageUp&lt;/b&gt; 和 &lt;b&gt;PageDown&lt;/b&gt; 逐个通道移动。点击状态所来自的词元即可转到那里。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Reading&lt;/h2&gt;&lt;p&gt;The head turns the last layer&apos;s output into a prediction. Applied to the output of every layer it says what the network would say if it ended there. A column is a token of the text, a row a layer, the last on top; the cell has the likeliest next token, and its ground is the probability of the token that does come next: yellow is known.&lt;/p&gt;&lt;p&gt;Click a cell for its ten likeliest tokens. A corner marks cells that say something else than the network as trained.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;读出&lt;/h2&gt;&lt;p&gt;输出头把最后一层的输出变成预测。把它用在每一层的输出上，就能知道假如网络到该层就结束，它会说什么。每列是文本的一个词元，每行是一层，最后一层在最上面；格子里是最可能的下一个词元，底色是实际接下来的那个词元的概率：黄色表示已经知道。&lt;/p&gt;&lt;p&gt;点击一个格子可看到它最可能的十个词元。带角标的格子，所说的与训练所得的网络不同。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Surprise&lt;/h2&gt;&lt;p&gt;The text to look at, coloured by the &lt;b&gt;loss&lt;/b&gt; of each token: -ln p(token) in nats, p by the network after the tokens before it. 0 is certain; ln(vocabulary) is what guessing blindly costs. Their mean is the loss of the text.&lt;/p&gt;&lt;p&gt;Click a token for the ten that were likeliest in its place. With interventions and the difference chosen, the colours are how much more (or less) a token surprises than as trained.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;意外&lt;/h2&gt;&lt;p&gt;所观察的文本，按每个词元的&lt;b&gt;损失&lt;/b&gt;着色：-ln p(词元)，单位奈特，p 是网络读过它之前的词元后给出的概率。0 是确定；ln(词表大小) 是盲猜的代价。它们的平均值就是这段文本的损失。&lt;/p&gt;&lt;p&gt;点击一个词元，可看到在它的位置上原本最可能的十个。有干预并选择了差值时，颜色表示一个词元比在训练所得的网络中更意外（或更不意外）多少。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Recoverable&lt;/h2&gt;&lt;p&gt;Is the word still in the state? In generated sentences it is known which name, animal or thing a sentence has. For every layer and every distance from the word a &lt;b&gt;linear probe&lt;/b&gt; (ridge regression) learns on two thirds of the sentences to tell the word from the state, and is tried on the others.&lt;/p&gt;&lt;p&gt;Compare a row with &lt;b&gt;guessing&lt;/b&gt; (always the most frequent word) and with &lt;b&gt;the network says it&lt;/b&gt;: how often the network writes the whole word itself where a sentence says it again. A state can hold what the network does not use, and what a linear map does not find may still be there.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;可恢复&lt;/h2&gt;&lt;p&gt;那个词还在状态里吗？在生成的句子中，一个句子里是哪个名字、动物或事物是已知的。对每一层和与该词的每个距离，一个&lt;b&gt;线性探针&lt;/b&gt;（岭回归）在三分之二的句子上学习由状态辨认这个词，并在其余句子上试验。&lt;/p&gt;&lt;p&gt;请把一行与&lt;b&gt;猜测&lt;/b&gt;（总是最常见的词）和&lt;b&gt;网络自己说出&lt;/b&gt;比较，后者是在句子再次说出这个词的地方，网络自己写出整个词的比例。状态可以保持网络并不使用的内容，而线性映射找不到的内容也可能仍在其中。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Statistics&lt;/h2&gt;&lt;p&gt;How the network remembers, over at least 10,000 tokens of held-out data in sequences of the trained length. &lt;b&gt;Changes&lt;/b&gt;: how often a state is replaced at position t, beside the 1/(t+1) of a running maximum of anything. &lt;b&gt;Age&lt;/b&gt;: how long ago what is held was read. &lt;b&gt;Influence&lt;/b&gt;: how far the prediction moves when the token d back is hidden; what is held need not matter, so this is the real length of memory.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Gates&lt;/b&gt; that never open are channels that do nothing. &lt;b&gt;Loss by position&lt;/b&gt; goes on to four times the trained length: a carried state holds more than the network ever met, one that is cleared or computed anew does not. &lt;b&gt;Over the run&lt;/b&gt; measures the snapshots that the run stored.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;统计&lt;/h2&gt;&lt;p&gt;网络如何记忆，在至少 10,000 个词元的留出数据上、以训练长度的序列测量。&lt;b&gt;变化&lt;/b&gt;：在位置 t 处状态被替换的频率，旁边是任何累计最大值的 1/(t+1)。&lt;b&gt;年龄&lt;/b&gt;：所保持的内容是多久以前读到的。&lt;b&gt;影响&lt;/b&gt;：隐藏往前第 d 个词元时，预测移动多远；保持的内容未必起作用，所以这才是真正的记忆长度。&lt;/p&gt;&lt;p&gt;从不打开的 &lt;b&gt;gate&lt;/b&gt; 是什么也不做的通道。&lt;b&gt;按位置的损失&lt;/b&gt;一直到训练长度的四倍：一直携带的状态装下的比网络见过的更多，清空或重新计算的状态则不会。&lt;b&gt;训练全程&lt;/b&gt;测量这次训练所存的快照。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Effects&lt;/h2&gt;&lt;p&gt;What is a part good for? It is silenced, and the loss on held-out data measured again: each head, each layer&apos;s mixer, each feed-forward. Beside them the mean of random groups of as many channels: a head that hurts no more than they do is no unit of meaning, but a number of channels. Standard errors are over the sequences.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Single channels&lt;/b&gt; of the layer that is chosen, the one that hurts most first: most do nothing. &lt;b&gt;States put across&lt;/b&gt;: of two texts that differ in one word, one layer&apos;s state is put from one into the other at the last token; the bars say how far the prediction moves, and so which layer carries the word.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;作用&lt;/h2&gt;&lt;p&gt;一个部分有什么用？把它屏蔽，再次测量留出数据上的损失：每个头、每层的混合器、每个前馈。旁边是通道数相同的随机组的平均值：损害不比它们大的头不是有意义的单位，只是那么多个通道而已。标准误差按各序列计算。&lt;/p&gt;&lt;p&gt;所选层的&lt;b&gt;单个通道&lt;/b&gt;，损害最大的在前：大多数没有作用。&lt;b&gt;移植状态&lt;/b&gt;：对只差一个词的两段文本，在最后一个词元处，把其中一段的某一层状态移到另一段中；柱子表示预测移动多远，由此可知哪一层携带这个词。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>PageUp, PageDown</source>
        <translation>PageUp、PageDown</translation>
    </message>
    <message>
        <source>previous and next channel, in the microscope</source>
        <translation>上一个和下一个通道（在显微镜中）</translation>
    </message>
    <message>
        <source>D</source>
        <translation>D</translation>
    </message>
    <message>
        <source>the network as trained, as changed</source>
        <translation>训练所得的网络、改动后的网络</translation>
    </message>
    <message>
        <source>Ctrl+Z, Ctrl+Shift+Z</source>
        <translation>Ctrl+Z、Ctrl+Shift+Z</translation>
    </message>
    <message>
        <source>undoes and redoes a change of the What if panel</source>
        <translation>撤销和重做“假如”面板中的一次改动</translation>
    </message>
    <message>
        <source>Enter, Shift+Enter in States</source>
        <translation>“状态”面板中的 Enter、Shift+Enter</translation>
    </message>
    <message>
        <source>sets the state of a cell, of a head</source>
        <translation>设定一个格子、一个头的状态</translation>
    </message>
    <message>
        <source>Ctrl+Enter in States</source>
        <translation>“状态”面板中的 Ctrl+Enter</translation>
    </message>
    <message>
        <source>sets the states of a channel from a token on</source>
        <translation>设定一个通道自某个词元起的状态</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Set a state&lt;/b&gt;: double-click a cell, or press Enter on the cursor&apos;s cell, and type. Shift+Enter sets all channels of its head at that token, Ctrl+Enter its channel from that token to the end of the text, a row of the picture. Shift and drag along a row, or Shift+Left and Shift+Right and then Enter, sets the channel at the tokens that are framed. The What if panel lists what you set.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;设定状态&lt;/b&gt;：双击一个格子，或在光标所在的格子上按 Enter，然后输入。Shift+Enter 设定该词元处其头的所有通道，Ctrl+Enter 设定其通道从该词元到文本末尾的状态，即图中的一行。按住 Shift 沿一行拖动，或按 Shift+左、Shift+右 再按 Enter，设定该通道在框中各词元处的状态。“假如”面板列出你设定的内容。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Find alike&lt;/h2&gt;&lt;p&gt;A head does something with a text: some of its channels were set at the same token and are held together until another. Where else in the data does it do so? Click the last token of the stretch, choose since when the channels are held (or write other channels), and press &lt;b&gt;Find&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;The &lt;b&gt;score&lt;/b&gt; of a place: of every chosen channel that is set there, the tokens are counted before it changes again, at most as many as the stretch has; their sum over channels * tokens. 1 means that all are set there and held to the end. The first token of a sequence sets every channel; it counts only for stretches that begin with the text.&lt;/p&gt;&lt;p&gt;The first search with these weights reads the training data, up to 1,000,000 tokens of different passages, and keeps one bit for each channel and token: changed or held. Searches after it take less than a second. A double-click looks at a passage.&lt;/p&gt;&lt;p&gt;With interventions and the difference chosen, both networks are searched for the channels that are held as changed, and the list has the passages in which their scores differ most: where only the one as changed is 1, the passage is found as changed only. A change acts on the states of the layers after it, so choose such a layer.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;查找相似&lt;/h2&gt;&lt;p&gt;一个头对文本做了某件事：它的一些通道在同一个词元处设定，并一起保持到另一个词元。在数据中还有哪些地方它也这样做？点击该段的最后一个词元，选择通道自何时起保持（或另写通道），然后按&lt;b&gt;查找&lt;/b&gt;。&lt;/p&gt;&lt;p&gt;一个位置的&lt;b&gt;得分&lt;/b&gt;：对每个在那里设定的所选通道，数出它再次改变之前的词元数，最多为该段的词元数；把它们的总和除以通道数与词元数之积。1 表示所有通道都在那里设定，并保持到最后。序列的第一个词元会设定所有通道；只有从文本开头开始的段才计入它。&lt;/p&gt;&lt;p&gt;首次用这些权重查找时会读训练数据，最多读不同段落的 1,000,000 个词元，并为每个通道和词元保留一位：改变或保持。此后每次查找不到一秒。双击可观察一个段落。&lt;/p&gt;&lt;p&gt;有干预并选择差值时，会在两个网络中查找改动后所保持的通道，列表给出两者得分相差最大的段落：只有改动后的得分为 1 时，该段落仅在改动后找到。改动只作用于其后各层的状态，因此请选择这样的层。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Shift+Left, Shift+Right in States</source>
        <translation>在“状态”中按 Shift+左、Shift+右</translation>
    </message>
    <message>
        <source>chooses tokens of a channel to set</source>
        <translation>选择一个通道要设定的词元</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Train&lt;/h2&gt;&lt;p&gt;Choose a &lt;b&gt;preset&lt;/b&gt; and press &lt;b&gt;Start&lt;/b&gt;. Classroom is small and quick: within 200 steps it writes readable sentences. Article is the published experiment: 6,302,982 parameters learn 100 random sequences by heart in ten steps.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Data&lt;/b&gt; is what the network learns from. The tasks show what a running maximum finds easy (the largest so far, the first token) and what it cannot do (counting a run: a repeated token changes no maximum).&lt;/p&gt;&lt;p&gt;The numbers of the last step: the &lt;b&gt;loss&lt;/b&gt; is the mean of -ln p(next token) in nats, before the step&apos;s update; the &lt;b&gt;held-out loss&lt;/b&gt; the same over sequences that training never sees. A held-out loss that rises while the loss falls means learning by heart.&lt;/p&gt;&lt;p&gt;A loss or gradient that is not finite pauses the training before the update, unless its breakpoint is switched off; a message names the step and the layer, and the last good weights stay.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;训练&lt;/h2&gt;&lt;p&gt;选择一个&lt;b&gt;预设&lt;/b&gt;并按&lt;b&gt;开始&lt;/b&gt;。“课堂”小而快：200 步内就能写出可读的句子。“论文实验”是已发表的实验：6,302,982 个参数在十步内背下 100 个随机序列。&lt;/p&gt;&lt;p&gt;&lt;b&gt;数据&lt;/b&gt;是网络学习的内容。各项任务展示累计最大值容易做到的事（至今最大的数、第一个词元）和做不到的事（数一段重复：重复的词元不改变任何最大值）。&lt;/p&gt;&lt;p&gt;最后一步的数值：&lt;b&gt;损失&lt;/b&gt;是更新之前 -ln p(下一个词元) 的平均值，单位奈特；&lt;b&gt;留出损失&lt;/b&gt;是在训练从未见过的序列上的同一数值。损失下降而留出损失上升，就是在死记。&lt;/p&gt;&lt;p&gt;损失或梯度不是有限数时，训练会在更新之前暂停（除非关闭了它的断点）；消息会指出步数和层，最后的好权重会保留。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Breakpoints&lt;/h2&gt;&lt;p&gt;The training pauses where one of these conditions comes true, and the window goes there: to the newest step, and to the layer if it names one. Press Go on (Space) to train further. A condition that stays true does not pause again.&lt;/p&gt;&lt;p&gt;The box switches a breakpoint on and off, a double-click on its value edits it. Breakpoints are no part of a run, and where they were met is marked on the timeline. They change no number of the training, but for the first:&lt;/p&gt;&lt;p&gt;&lt;b&gt;Loss or gradient not finite&lt;/b&gt;: such a step is never made. Switched off, the training does not pause there but passes the step over: the weights stay as they are, the loss has a gap, and the next step takes the next data.&lt;/p&gt;&lt;p&gt;&lt;b&gt;States change more rarely than k/(t+1)&lt;/b&gt;: a running maximum of anything changes with chance 1/(t+1) at position t. With k below 1 this finds layers whose memory has stopped taking in anything.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;断点&lt;/h2&gt;&lt;p&gt;这些条件之一成立时，训练就会暂停，窗口转到那里：转到最新的一步；如果条件属于某一层，也转到那一层。按“继续”（空格）接着训练。一直成立的条件不会再次暂停。&lt;/p&gt;&lt;p&gt;方框用来打开和关闭一个断点，双击它的值可以编辑。断点不属于训练记录；触发断点的地方会标在时间线上。除第一个以外，它们不改变训练的任何数：&lt;/p&gt;&lt;p&gt;&lt;b&gt;损失或梯度不是有限数&lt;/b&gt;：这样的一步绝不会执行。关闭此断点后，训练不在那里暂停，而是跳过这一步：权重保持原样，损失曲线留下一个缺口，下一步使用下一批数据。&lt;/p&gt;&lt;p&gt;&lt;b&gt;状态改变比 k/(t+1) 更少&lt;/b&gt;：任何累计最大值在位置 t 处改变的机会为 1/(t+1)。k 小于 1 时，这能找出记忆已不再接收任何内容的层。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;h2&gt;Weights&lt;/h2&gt;&lt;p&gt;Every number that is learnt, by its name in weight files. Rows are outputs, columns inputs; where there are more than the screen has, a cell shows the largest of the numbers that it stands for. combined.weight holds Wo, Wo1, Wo2 and Wo3, one below the other: base = (Wo + Wo1) x, shift = Wo2 x, candidate = Wo3 x.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Remember&lt;/b&gt; keeps the weights that are looked at; &lt;b&gt;change&lt;/b&gt; then shows what has been learnt since, or since the first snapshot of the run.&lt;/p&gt;</source>
        <translation>&lt;h2&gt;权重&lt;/h2&gt;&lt;p&gt;学到的每一个数，用它在权重文件中的名称。行是输出，列是输入；多于屏幕所能容纳的数目时，一个格子显示它所代表的数中绝对值最大的那个。combined.weight 自上而下依次包含 Wo、Wo1、Wo2 和 Wo3：base = (Wo + Wo1) x，shift = Wo2 x，candidate = Wo3 x。&lt;/p&gt;&lt;p&gt;&lt;b&gt;记住&lt;/b&gt;保留现在所看的权重；之后&lt;b&gt;变化&lt;/b&gt;显示自那时以来，或自这次训练的第一个快照以来学到了什么。&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Ctrl+Shift+P</source>
        <translation>Ctrl+Shift+P</translation>
    </message>
    <message>
        <source>finds a command by its name</source>
        <translation>按名称查找命令</translation>
    </message>
</context>
<context>
    <name>samout::InterventionsList</name>
    <message>
        <source>the network has only %1 layers</source>
        <translation>此网络只有 %1 层</translation>
    </message>
    <message>
        <source>its layers have only %1 heads</source>
        <translation>它的每层只有 %1 个头</translation>
    </message>
    <message>
        <source>its layers have only %1 channels</source>
        <translation>它的每层只有 %1 个通道</translation>
    </message>
    <message>
        <source>the text has only %1 tokens</source>
        <translation>这段文本只有 %1 个词元</translation>
    </message>
    <message>
        <source>silence a head</source>
        <translation>屏蔽一个头</translation>
    </message>
    <message>
        <source>let a head speak</source>
        <translation>取消屏蔽一个头</translation>
    </message>
    <message>
        <source>silence a mixer</source>
        <translation>屏蔽一个混合器</translation>
    </message>
    <message>
        <source>let a mixer speak</source>
        <translation>取消屏蔽一个混合器</translation>
    </message>
    <message>
        <source>silence a feed-forward</source>
        <translation>屏蔽一个前馈</translation>
    </message>
    <message>
        <source>let a feed-forward speak</source>
        <translation>取消屏蔽一个前馈</translation>
    </message>
    <message>
        <source>set an alpha</source>
        <translation>设定一个 alpha</translation>
    </message>
    <message>
        <source>leave an alpha as trained</source>
        <translation>恢复训练所得的 alpha</translation>
    </message>
    <message>
        <source>set states</source>
        <translation>设定状态</translation>
    </message>
    <message>
        <source>switch on</source>
        <translation>打开一项</translation>
    </message>
    <message>
        <source>switch off</source>
        <translation>关闭一项</translation>
    </message>
    <message>
        <source>remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>第 %1 步</translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <translation>%1，第 %2 步</translation>
    </message>
    <message>
        <source>open %1</source>
        <translation>打开 %1</translation>
    </message>
    <message>
        <source>%1 (off: %2)</source>
        <translation>%1（关闭：%2）</translation>
    </message>
    <message>
        <source>Untick it to see the network without it; Delete takes it away.</source>
        <translation>取消勾选可观察没有它的网络；按 Delete 删除它。</translation>
    </message>
    <message>
        <source>Switched off, since %1; it comes back where it fits.</source>
        <translation>已关闭，因为%1；在适合的地方它会恢复。</translation>
    </message>
    <message>
        <source>Layer %1, head %2: silenced</source>
        <translation>第 %1 层，头 %2：已屏蔽</translation>
    </message>
    <message>
        <source>Layer %1: mixer silenced</source>
        <translation>第 %1 层：混合器已屏蔽</translation>
    </message>
    <message>
        <source>Layer %1: feed-forward silenced</source>
        <translation>第 %1 层：前馈已屏蔽</translation>
    </message>
    <message>
        <source>Layer %1: alpha %2</source>
        <translation>第 %1 层：alpha %2</translation>
    </message>
    <message>
        <source>Layer %1, channel %2 at token %3: state %4</source>
        <translation>第 %1 层，通道 %2，词元 %3 处：状态 %4</translation>
    </message>
    <message>
        <source>Layer %1, channels %2 to %3 at token %4</source>
        <translation>第 %1 层，通道 %2 到 %3，词元 %4 处</translation>
    </message>
    <message>
        <source>%1: states %2</source>
        <translation>%1：状态均为 %2</translation>
    </message>
    <message>
        <source>%1: states put in</source>
        <translation>%1：已放入状态</translation>
    </message>
    <message>
        <source>Layer %1, channel %2 at tokens %3 to %4: state %5</source>
        <translation>第 %1 层，通道 %2，词元 %3 到 %4 处：状态 %5</translation>
    </message>
</context>
<context>
    <name>samout::JobBar</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>samout::LayerChooser</name>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>层</translation>
    </message>
    <message>
        <source>The layer that is shown, counted from 0 at the embedding. Up and down move.</source>
        <translation>所显示的层，从嵌入一侧由 0 数起。用上下键移动。</translation>
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
        <source>looking at %1</source>
        <translation>正在观察 %1</translation>
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
        <source>looking at step %1</source>
        <translation>正在看第 %1 步</translation>
    </message>
    <message>
        <source>Nothing was opened yet.</source>
        <translation>还没有打开过什么。</translation>
    </message>
    <message>
        <source>Keep a checkpoint</source>
        <translation>保留一个检查点</translation>
    </message>
    <message>
        <source>The run keeps a checkpoint of the step that runs now, for good.</source>
        <translation>这次训练会永久保留当前一步的检查点。</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>编辑(&amp;E)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Show as trained, as changed</source>
        <translation>切换训练所得与改动后</translation>
    </message>
    <message>
        <source>Clear the interventions</source>
        <translation>清除干预</translation>
    </message>
    <message>
        <source>Find a command…</source>
        <translation>查找命令…</translation>
    </message>
</context>
<context>
    <name>samout::MeasuredOf</name>
    <message>
        <source>The snapshots of the run are measured as trained: what is changed does not count here.</source>
        <translation>记录中的快照按训练所得测量：所作的改动在这里不计。</translation>
    </message>
    <message>
        <source>The network shown now is another: %1 brings this up to date.</source>
        <translation>现在显示的是另一个网络：%1可更新这里的数值。</translation>
    </message>
    <message>
        <source>This is of step %1 of “%2” as trained.</source>
        <translation>这是“%2”第 %1 步训练所得的数值。</translation>
    </message>
    <message>
        <source>This is of step %1 of “%2” as changed.</source>
        <translation>这是“%2”第 %1 步改动后的数值。</translation>
    </message>
    <message>
        <source>This is of step %1 of “%2” as changed minus as trained.</source>
        <translation>这是“%2”第 %1 步改动后减去训练所得的数值。</translation>
    </message>
    <message>
        <source>Set states and hidden tokens do not count here: they are of the text at the bottom, and other texts are read.</source>
        <translation>设定的状态和隐藏的词元在这里不计：它们属于底部的文本，而这里读的是别的文本。</translation>
    </message>
</context>
<context>
    <name>samout::MeasuringPanel</name>
    <message>
        <source>Measuring</source>
        <translation>正在测量</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>测量</translation>
    </message>
    <message>
        <source>There is no network to measure yet: press Start to train one, or open a run.</source>
        <translation>还没有可测量的网络：请按“开始”训练一个，或打开一次训练。</translation>
    </message>
    <message>
        <source>This network came without data to measure it on: start a training, or open a run, which keeps its data.</source>
        <translation>这个网络没有附带可用来测量它的数据：请开始一次训练，或打开一次训练，后者保存着它的数据。</translation>
    </message>
    <message>
        <source>The network that is looked at has another vocabulary than the data of the training, “%1”: open the run that contains it, which keeps its data.</source>
        <translation>所观察的网络与训练数据“%1”的词表不同：请打开该网络所属的训练，那里保存着它的数据。</translation>
    </message>
</context>
<context>
    <name>samout::MemoryPanel</name>
    <message>
        <source>Memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>Which tokens the memory of every head holds, and which of them matter, will be shown here: press Start to train.</source>
        <translation>这里将显示每个头的记忆保持着哪些词元，以及其中哪些起作用：请按“开始”进行训练。</translation>
    </message>
    <message>
        <source>Measure influence</source>
        <translation>测量影响</translation>
    </message>
    <message>
        <source>Hides every token from memory, one after the other, and measures how far each later prediction moves. By itself while nothing trains.</source>
        <translation>逐个对记忆隐藏每个词元，并测量后面的每个预测移动多远。没有训练时自动进行。</translation>
    </message>
    <message>
        <source>The text, each token on a ground that says how much of the row above is its own: the brightest token of the row has the brightest ground. A click moves the row there.</source>
        <translation>所观察的文本，每个词元的底色表示上面那一行中有多少属于它：该行最亮的词元底色最亮。点击可把行移到那里。</translation>
    </message>
    <message>
        <source>Share held</source>
        <translation>保持的份额</translation>
    </message>
    <message>
        <source>Of the head&apos;s channels, how many hold at token t what token j brought: t is the row, j the column. The colours end at the 99 % of what is not zero.</source>
        <translation>在该头的通道中，有多少在词元 t 处保持着词元 j 带来的内容：t 是行，j 是列。颜色到非零值的 99 % 分位数为止。</translation>
    </message>
    <message>
        <source>Influence (nats)</source>
        <translation>影响（奈特）</translation>
    </message>
    <message>
        <source>KL(p || q) = sum of p ln(p / q), p the prediction at t, q the one without token j in memory. The colours are logarithmic, three decades.</source>
        <translation>KL(p || q) = p ln(p / q) 之和，p 是 t 处的预测，q 是记忆中没有词元 j 时的预测。颜色按对数刻度，跨三个数量级。</translation>
    </message>
    <message>
        <source>Hiding one token after the other</source>
        <translation>正在逐个隐藏词元</translation>
    </message>
    <message>
        <source>influence</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>How far the prediction at a row&apos;s token moves when a column&apos;s token is hidden from memory in all layers. What memory holds and what matters often disagree.</source>
        <translation>在所有层中对记忆隐藏某列的词元时，某行词元处的预测移动多远。记忆保持的内容和起作用的内容常常不一致。</translation>
    </message>
    <message>
        <source>influence at step %1</source>
        <translation>第 %1 步的影响</translation>
    </message>
    <message>
        <source>Which tokens matter to the predictions: press Measure influence.</source>
        <translation>哪些词元对预测起作用：请按“测量影响”。</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>Row t, column j: the share of the head&apos;s channels whose state at token t has been held since token j. A row sums to 1. A first column, ∗, is what is held since an edit. A click shades the text by its row.</source>
        <translation>第 t 行第 j 列：在该头的通道中，有多大份额在词元 t 处的状态是自词元 j 起保持的。每行之和为 1。第一列 ∗ 是自一次编辑起保持的部分。点击可按该行给文本着色。</translation>
    </message>
    <message>
        <source>at %1 the influence of %2 is larger by %3 nats than as trained</source>
        <translation>在 %1 处，%2 的影响比训练所得大 %3 奈特</translation>
    </message>
    <message>
        <source>at %1 the prediction moves by %3 nats without %2</source>
        <translation>在 %1 处，没有 %2 时预测移动 %3 奈特</translation>
    </message>
    <message>
        <source>an edit</source>
        <translation>一次编辑</translation>
    </message>
    <message>
        <source>layer %1, head %2, at %3: the share that is held since %4 is larger by %5 than as trained</source>
        <translation>第 %1 层，头 %2，在 %3 处：自 %4 起保持的份额比训练所得大 %5</translation>
    </message>
    <message>
        <source>layer %1, head %2, at %3: a share of %5 is held since %4</source>
        <translation>第 %1 层，头 %2，在 %3 处：自 %4 起保持的份额为 %5</translation>
    </message>
    <message>
        <source>How the influence on the prediction at %1 is changed: by at most %2 nats a token</source>
        <translation>对 %1 处预测的影响改变了多少：每个词元最多 %2 奈特</translation>
    </message>
    <message>
        <source>What matters to the prediction at %1: at most %2 nats a token</source>
        <translation>什么对 %1 处的预测起作用：每个词元最多 %2 奈特</translation>
    </message>
    <message>
        <source>How what layer %1, head %2 holds at %3 is changed: by at most %4 a token</source>
        <translation>第 %1 层，头 %2 在 %3 处保持的内容改变了多少：每个词元最多 %4</translation>
    </message>
    <message>
        <source>What layer %1, head %2 holds at %3: at most %4 since one token</source>
        <translation>第 %1 层，头 %2 在 %3 处保持的内容：自同一词元起的份额最多 %4</translation>
    </message>
    <message>
        <source> (the first %1 tokens are shown)</source>
        <translation>（显示前 %1 个词元）</translation>
    </message>
    <message>
        <source>The text is too long to hide every token of it: shorten it to measure the influence.</source>
        <translation>文本太长，无法逐个隐藏它的词元：缩短它才能测量影响。</translation>
    </message>
    <message>
        <source>a token after %1, up to %2</source>
        <translation>%1 之后、至多到 %2 的一个词元</translation>
    </message>
    <message>
        <source>How what layer %1, head %2 holds at %3 is changed: by at most %4 a column</source>
        <translation>第 %1 层的头 %2 在 %3 处保持的内容如何改变：每列至多 %4</translation>
    </message>
    <message>
        <source>What layer %1, head %2 holds at %3: at most %4 since the tokens of one column</source>
        <translation>第 %1 层的头 %2 在 %3 处保持的内容：自一列的词元起的至多 %4</translation>
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
    <name>samout::MicroscopePanel</name>
    <message>
        <source>Microscope</source>
        <translation>显微镜</translation>
    </message>
    <message>
        <source>The computation of one channel at one token will be written out here, with its real numbers: press Start to train.</source>
        <translation>这里将以真实的数写出一个通道在一个词元处的计算：请按“开始”进行训练。</translation>
    </message>
    <message>
        <source>token </source>
        <translation>词元 </translation>
    </message>
    <message>
        <source>The position in the text, from 0 on. Left and Right move.</source>
        <translation>在文本中的位置，从 0 起。左、右键移动。</translation>
    </message>
    <message>
        <source>channel </source>
        <translation>通道 </translation>
    </message>
    <message>
        <source>The channel of the layer, from 0 on. PageUp and PageDown move.</source>
        <translation>层中的通道，从 0 起。PageUp 和 PageDown 移动。</translation>
    </message>
    <message>
        <source>This channel over the text: every token’s candidate as a dot, the state as a staircase, for it is the largest candidate so far. The large dot is the one that is held at the marked token. A click moves there.</source>
        <translation>这个通道在整段文本上的样子：每个词元的 candidate 是一个点，状态是阶梯线，因为它是至今最大的 candidate。大点是在所标记词元处保持的那个。点击即移到该处。</translation>
    </message>
    <message>
        <source> (head %1)</source>
        <translation>（头 %1）</translation>
    </message>
    <message>
        <source>The text is too long to be looked at through the microscope: one token of every %1 is kept, and a computation needs the state of the token before. Shorten the text.</source>
        <translation>文本太长，无法用显微镜观察：每 %1 个词元只保留一个，而计算需要前一个词元的状态。请缩短文本。</translation>
    </message>
</context>
<context>
    <name>samout::OptionsForm</name>
    <message>
        <source>“%1” is no number for “%2”.</source>
        <translation>“%1”不是“%2”可用的数。</translation>
    </message>
</context>
<context>
    <name>samout::PassageList</name>
    <message>
        <source>Change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>得分</translation>
    </message>
    <message>
        <source>As trained</source>
        <translation>训练所得</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>次数</translation>
    </message>
    <message>
        <source>Passage</source>
        <translation>段落</translation>
    </message>
    <message>
        <source>The score as changed, minus as trained; the stretch is shown where the greater of both is.</source>
        <translation>改动后的得分减去训练所得的得分；所示的段取两者中得分较高的一处。</translation>
    </message>
    <message>
        <source>How often the passage was in the data that was read.</source>
        <translation>该段落在所读数据中出现的次数。</translation>
    </message>
    <message>
        <source>A double-click looks at the passage: it becomes the text at the bottom.</source>
        <translation>双击即可观察该段落：它会成为底部的文本。</translation>
    </message>
    <message>
        <source>As changed</source>
        <translation>改动后</translation>
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
    <name>samout::ReadingPanel</name>
    <message>
        <source>Reading</source>
        <translation>读出</translation>
    </message>
    <message>
        <source>What the network would say after each of its layers will be shown here: press Start to train.</source>
        <translation>这里将显示网络在每一层之后会说什么：请按“开始”进行训练。</translation>
    </message>
    <message>
        <source>reading = head · (the layer&apos;s output): what the network would say here if it ended after that layer. In a cell the likeliest token; its ground is the probability of the token that does come next, so a bright column is known early.</source>
        <translation>读出 = head ·（该层的输出）：假如网络到该层就结束，它在这里会说什么。格子里是最可能的词元；底色是实际接下来的那个词元的概率，所以亮的列很早就知道答案。</translation>
    </message>
    <message>
        <source>The ten likeliest tokens by the reading of the chosen cell. The arrow is at the one that does come next.</source>
        <translation>按所选格子的读出，最可能的十个词元。箭头指着实际接下来的那个。</translation>
    </message>
    <message>
        <source>Probability of the next token</source>
        <translation>下一个词元的概率</translation>
    </message>
    <message>
        <source>The reading is not a number here.</source>
        <translation>这里的读出不是数。</translation>
    </message>
    <message>
        <source>After %1, layer %2 would say “%3” (%4).</source>
        <translation>在 %1 之后，第 %2 层会说“%3”（%4）。</translation>
    </message>
    <message>
        <source> “%1” comes next: rank %2, %3.</source>
        <translation>接下来是“%1”：排名第 %2，%3。</translation>
    </message>
    <message>
        <source> As trained: “%1” (%2)</source>
        <translation>训练所得：“%1”（%2）</translation>
    </message>
    <message>
        <source>; next: rank %1, %2.</source>
        <translation>；下一个：排名第 %1，%2。</translation>
    </message>
    <message>
        <source>Change of the next token&apos;s probability</source>
        <translation>下一个词元概率的变化</translation>
    </message>
</context>
<context>
    <name>samout::ReadingTable</name>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>next</source>
        <translation>下一个</translation>
    </message>
    <message>
        <source>reads</source>
        <translation>读入</translation>
    </message>
</context>
<context>
    <name>samout::RecoverablePanel</name>
    <message>
        <source>Recoverable</source>
        <translation>可恢复</translation>
    </message>
    <message>
        <source>Whether a name or a thing can still be read from the states, a number of letters after it, will be shown here: train on sentences and press Measure.</source>
        <translation>这里将显示：过了若干个字符之后，是否还能从状态中读出一个名字或事物。请用句子训练，然后按“测量”。</translation>
    </message>
    <message>
        <source>The word that is to be read from the states.</source>
        <translation>要从状态中读出的词。</translation>
    </message>
    <message>
        <source>The share of the sentences whose word is right.</source>
        <translation>词读对了的句子所占的比例。</translation>
    </message>
    <message>
        <source>A column a distance: letters after the last one of the word. A row a layer: a linear map (ridge regression) learns on two thirds of the sentences to tell the word from the layer&apos;s state there, and is tried on the others. Below: how often the network itself writes the word where the sentence says it again so far away, and how often the most frequent word would be right. Cells with too few sentences are left out.</source>
        <translation>每列是一个距离：该词最后一个字符之后的字符数。每行是一层：一个线性映射（岭回归）在三分之二的句子上学习由该层在那里的状态辨认这个词，并在其余句子上试验。下面：句子在那么远处再次说出这个词时，网络自己写对它的比例，以及猜最常见的词能对的比例。句子太少的格子空着。</translation>
    </message>
    <message>
        <source>letters since the word</source>
        <translation>距该词的字符数</translation>
    </message>
    <message>
        <source>Word: the name</source>
        <translation>词：名字</translation>
    </message>
    <message>
        <source>Word: the animal</source>
        <translation>词：动物</translation>
    </message>
    <message>
        <source>Word: the thing</source>
        <translation>词：事物</translation>
    </message>
    <message>
        <source>Tries on %1 different sentences what a linear map reads from the states. Takes some seconds.</source>
        <translation>在 %1 个不同的句子上试验线性映射能从状态中读出什么。需要几秒。</translation>
    </message>
    <message>
        <source>Only of the generated sentences the words are known: train on sentences, sentences-zh or sentences-double.</source>
        <translation>只有生成的句子才知道其中的词：请用 sentences、sentences-zh 或 sentences-double 训练。</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>the network says it</source>
        <translation>网络自己说出</translation>
    </message>
    <message>
        <source>guessing</source>
        <translation>猜测</translation>
    </message>
    <message>
        <source>Step %1, %2.</source>
        <translation>第 %1 步，%2。</translation>
    </message>
    <message>
        <source>Where a sentence says the word again (%L1 sentences), the network itself writes it in %2 of them, and gives it a probability of %3 in the mean.</source>
        <translation>在句子再次说出这个词的地方（%L1 个句子），网络自己在其中 %2 写出它，平均给它 %3 的概率。</translation>
    </message>
    <message>
        <source>%1 letters after the word there are too few sentences (%2) to measure.</source>
        <translation>在该词之后 %1 个字符处，句子太少（%2 个），无法测量。</translation>
    </message>
    <message>
        <source>Layer %1, %2 letters after the word: a linear map reads %3 rightly in %4 of %L5 sentences; guessing the most frequent one is right in %6.</source>
        <translation>第 %1 层，该词之后 %2 个字符：线性映射在 %L5 个句子中的 %4 里读对了%3；猜最常见的那个，对的占 %6。</translation>
    </message>
    <message>
        <source>The most frequent word is the right one in %1 of the sentences.</source>
        <translation>在 %1 的句子中，最常见的词就是正确的词。</translation>
    </message>
    <message>
        <source>Asked for it %1 letters after the word, the network writes it in %2 of %L3 sentences; it gives it a probability of %4 in the mean.</source>
        <translation>在该词之后 %1 个字符处被问到它时，网络在 %L3 个句子中的 %2 里写出它；平均给它 %4 的概率。</translation>
    </message>
    <message>
        <source>No sentence says the word again %1 letters after it.</source>
        <translation>没有句子在该词之后 %1 个字符处再次说出它。</translation>
    </message>
    <message>
        <source>Where a sentence says the word again (%L1 sentences), as changed minus as trained: the network itself writes it in %2 of them, and gives it a probability of %3 in the mean.</source>
        <translation>在句子再次说出该词之处（%L1 个句子），改动后减去训练所得：网络自己写出它的占 %2，给它的概率平均为 %3。</translation>
    </message>
    <message>
        <source>Layer %1, %2 letters after the word, as changed minus as trained: a linear map reads %3 rightly in %4 of %L5 sentences.</source>
        <translation>第 %1 层，该词之后 %2 个字符，改动后减去训练所得：线性映射在 %L5 个句子中的 %4 里读对了%3。</translation>
    </message>
    <message>
        <source>Asked for it %1 letters after the word, as changed minus as trained: the network writes it in %2 of %L3 sentences; it gives it a probability of %4 in the mean.</source>
        <translation>在该词之后 %1 个字符处需要它时，改动后减去训练所得：网络在 %L3 个句子中的 %2 里写出它，给它的概率平均为 %4。</translation>
    </message>
</context>
<context>
    <name>samout::RunActions</name>
    <message>
        <source>The model cannot be opened</source>
        <translation>无法打开模型</translation>
    </message>
    <message>
        <source>The panels look at %1. Generate writes with it; press L to go back to the training.</source>
        <translation>各面板正在观察 %1，“生成”也用它书写；按 L 回到训练。</translation>
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
        <source>Open a run</source>
        <translation>打开一次训练</translation>
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
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>This run has reached its %1 steps. Go on to step:</source>
        <translation>这次训练已到第 %1 步。继续到第几步：</translation>
    </message>
    <message>
        <source>The run has no snapshot of this step; a double-click on the timeline makes one.</source>
        <translation>这次训练没有这一步的快照；双击时间线会做出一个。</translation>
    </message>
</context>
<context>
    <name>samout::RunTrash</name>
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
    <name>samout::SideChooser</name>
    <message>
        <source>As trained</source>
        <translation>训练所得</translation>
    </message>
    <message>
        <source>Every panel shows the network without the interventions (D toggles).</source>
        <translation>每个面板都显示没有干预的网络（按 D 切换）。</translation>
    </message>
    <message>
        <source>As changed</source>
        <translation>改动后</translation>
    </message>
    <message>
        <source>Every panel shows the network with the interventions (D toggles).</source>
        <translation>每个面板都显示带有干预的网络（按 D 切换）。</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>差值</translation>
    </message>
    <message>
        <source>As changed, minus as trained: panels of numbers show what the interventions do to them.</source>
        <translation>改动后减去训练所得：显示数值的面板表明干预对它们的影响。</translation>
    </message>
</context>
<context>
    <name>samout::SilenceGrid</name>
    <message>
        <source>Head</source>
        <translation>头</translation>
    </message>
    <message>
        <source>Mixer</source>
        <translation>混合器</translation>
    </message>
    <message>
        <source>Feed-forward</source>
        <translation>前馈</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>Silence the mixer of layer %1: mixed is 0 in all of its channels, so that the layer remembers nothing.</source>
        <translation>屏蔽第 %1 层的混合器：mixed 在其所有通道中为 0，因此该层什么也不记得。</translation>
    </message>
    <message>
        <source>Silence the feed-forward of layer %1: out is 0, and only (1 - alpha) * x enters the LayerNorm.</source>
        <translation>屏蔽第 %1 层的前馈：out 为 0，只有 (1 - alpha) * x 进入 LayerNorm。</translation>
    </message>
    <message>
        <source>Silence head %1 of layer %2: mixed is 0 in its channels.</source>
        <translation>屏蔽第 %2 层的头 %1：在它的各通道中，mixed 为 0。</translation>
    </message>
</context>
<context>
    <name>samout::SnapshotFeed</name>
    <message>
        <source>The text to look at is empty; type at least one character of it.</source>
        <translation>所观察的文本是空的；请至少输入一个字符。</translation>
    </message>
    <message>
        <source>The weights of step %1 are not all numbers, first those of %2; the panels keep what they showed last.</source>
        <translation>第 %1 步的权重不全是数，首先是 %2 的权重；各面板保留上次显示的内容。</translation>
    </message>
    <message>
        <source>What the network computes from this text is too large to be numbers; the panels keep what they showed last.</source>
        <translation>网络由这段文本算出的值太大，不再是数；各面板保留上次显示的内容。</translation>
    </message>
</context>
<context>
    <name>samout::StateTransferForm</name>
    <message>
        <source>Put it in</source>
        <translation>放入</translation>
    </message>
    <message>
        <source>The other text, from its beginning</source>
        <translation>另一段文本，从开头起</translation>
    </message>
    <message>
        <source>The other text</source>
        <translation>另一段文本</translation>
    </message>
    <message>
        <source>The network reads it from an empty state, as trained. ⏎ is the end of a line.</source>
        <translation>网络从空的状态开始读它，按训练所得。⏎ 表示换行。</translation>
    </message>
    <message>
        <source>The state after this token of the other text is taken.</source>
        <translation>取另一段文本在此词元之后的状态。</translation>
    </message>
    <message>
        <source>The state after this token of the text to look at becomes it; the maximum goes on from there.</source>
        <translation>它成为所观察的文本在此词元之后的状态；最大值由此继续。</translation>
    </message>
    <message>
        <source>Sets all channels of the layer; where the prediction follows, the layer carried what differs.</source>
        <translation>设置该层的所有通道；若预测随之改变，就说明两者的不同之处由该层携带。</translation>
    </message>
    <message>
        <source>Other text</source>
        <translation>另一段文本</translation>
    </message>
    <message>
        <source>State after token</source>
        <translation>此词元之后的状态</translation>
    </message>
    <message>
        <source>of</source>
        <translation>所在层</translation>
    </message>
    <message>
        <source>into this text at</source>
        <translation>放入本文本的位置</translation>
    </message>
    <message>
        <source>Take the state from another text</source>
        <translation>从另一段文本取状态</translation>
    </message>
    <message>
        <source>all layers</source>
        <translation>所有层</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
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
    <message>
        <source>Set the state at the cursor…	Enter</source>
        <translation>设置光标处的状态…	Enter</translation>
    </message>
    <message>
        <source>The running maximum goes on from what you type; the What if panel lists it.</source>
        <translation>累计最大值由你输入的值继续；“假如”面板会列出它。</translation>
    </message>
    <message>
        <source>Set the head&apos;s states at the cursor&apos;s token…	Shift+Enter</source>
        <translation>设置光标词元处该头的状态…	Shift+Enter</translation>
    </message>
    <message>
        <source>All channels of the head become what you type.</source>
        <translation>该头的所有通道都变成你输入的值。</translation>
    </message>
    <message>
        <source>%1; as trained %2, difference %3</source>
        <translation>%1；训练所得 %2，差 %3</translation>
    </message>
    <message>
        <source>Only states can be set: choose state at the right of the panel&apos;s header.</source>
        <translation>只能设置 state：请在面板标题栏右侧选择 state。</translation>
    </message>
    <message>
        <source>Point at a cell, or move to one with the arrow keys; then Enter sets its state.</source>
        <translation>请指向一个格子，或用方向键移到一个格子，然后按 Enter 设置其状态。</translation>
    </message>
    <message>
        <source>The state of all channels of head %1 after this token; Enter sets it, Esc does not.</source>
        <translation>在此词元之后，头 %1 所有通道的状态；Enter 设置，Esc 取消。</translation>
    </message>
    <message>
        <source>The state of this channel after this token; Enter sets it, Esc does not.</source>
        <translation>此词元之后这个通道的状态；Enter 设置，Esc 取消。</translation>
    </message>
    <message>
        <source>Set the channel&apos;s states from the cursor&apos;s token on…	Ctrl+Enter</source>
        <translation>设置该通道自光标词元起的状态…	Ctrl+Enter</translation>
    </message>
    <message>
        <source>The text is too long to hold a state at all its tokens: shorten it, or press Enter to set one cell.</source>
        <translation>文本太长，无法在它的所有词元处保持一个状态：缩短它，或按 Enter 设定一个格子。</translation>
    </message>
    <message>
        <source>The channel is held at what you type to the end of the text. Shift and drag along a row, or Shift with the arrow keys and then Enter, hold it at other tokens.</source>
        <translation>该通道保持为你输入的值，直到文本末尾。按住 Shift 沿一行拖动，或用 Shift 加方向键再按 Enter，可在其他词元处保持它。</translation>
    </message>
    <message>
        <source>Double-click a cell, or press Enter at the cursor, to set its state. Shift+Enter sets all channels of its head at that token, Ctrl+Enter its channel from that token on. Shift and drag along a row to set the states of the channel at these tokens.</source>
        <translation>双击一个格子，或在光标处按 Enter，可设定它的状态。Shift+Enter 设定该词元处其头的所有通道，Ctrl+Enter 设定其通道自该词元起的状态。按住 Shift 沿一行拖动，可设定该通道在这些词元处的状态。</translation>
    </message>
    <message>
        <source>The state of channel %1 after each of the tokens %2 to %3; Enter sets it, Esc does not.</source>
        <translation>通道 %1 在词元 %2 到 %3 每一个之后的状态；Enter 设定它，Esc 放弃。</translation>
    </message>
    <message>
        <source>Tokens %2 to %3 of channel %1 are chosen; Enter sets their states.</source>
        <translation>已选择通道 %1 的词元 %2 到 %3；按 Enter 设定它们的状态。</translation>
    </message>
</context>
<context>
    <name>samout::StatisticsPanel</name>
    <message>
        <source>Statistics</source>
        <translation>统计</translation>
    </message>
    <message>
        <source>How the network remembers over many texts will be drawn here: choose what to see and press Measure.</source>
        <translation>这里将绘出网络在许多文本上如何记忆：请选择要看的内容并按“测量”。</translation>
    </message>
    <message>
        <source>Measures what is shown, on sequences of the trained length from fresh states.</source>
        <translation>在训练长度的序列上、从空的状态起，测量所显示的内容。</translation>
    </message>
    <message>
        <source>Gates that never open (%)</source>
        <translation>从不打开的 gate（%）</translation>
    </message>
    <message>
        <source>Size of norm</source>
        <translation>norm 的大小</translation>
    </message>
    <message>
        <source>Size of the output</source>
        <translation>输出的大小</translation>
    </message>
    <message>
        <source>Changes by position</source>
        <translation>按位置的变化</translation>
    </message>
    <message>
        <source>Age of what is held</source>
        <translation>所保持内容的年龄</translation>
    </message>
    <message>
        <source>Influence by distance</source>
        <translation>按距离的影响</translation>
    </message>
    <message>
        <source>Gates and sizes</source>
        <translation>gate 与大小</translation>
    </message>
    <message>
        <source>Loss by position</source>
        <translation>按位置的损失</translation>
    </message>
    <message>
        <source>Over the run: changes</source>
        <translation>训练全程：变化</translation>
    </message>
    <message>
        <source>Over the run: age</source>
        <translation>训练全程：年龄</translation>
    </message>
    <message>
        <source>Over the run: memory</source>
        <translation>训练全程：记忆</translation>
    </message>
    <message>
        <source>Over the run: gates</source>
        <translation>训练全程：gate</translation>
    </message>
    <message>
        <source>Over the run: sizes</source>
        <translation>训练全程：大小</translation>
    </message>
    <message>
        <source>What is measured and drawn. Over the run: the same for the snapshots that the run stored.</source>
        <translation>所测量和绘制的内容。“训练全程”：对这次训练所存的快照测量同样的内容。</translation>
    </message>
    <message>
        <source>By layer: gate = relu(...) is 0 in this number of channels at every token that was read. They are as good as not there.</source>
        <translation>按层：gate = relu(...) 有百分之多少的通道在所读的每个词元处都是 0。它们等于不存在。</translation>
    </message>
    <message>
        <source>By layer: the L2 norm of what the LayerNorm gives, mean over the tokens.</source>
        <translation>按层：LayerNorm 输出的 L2 范数，对各词元取平均。</translation>
    </message>
    <message>
        <source>By layer: the L2 norm of the layer&apos;s output, norm + x, mean over the tokens.</source>
        <translation>按层：该层输出 norm + x 的 L2 范数，对各词元取平均。</translation>
    </message>
    <message>
        <source>This training is not kept, so there are no snapshots of it: start one that is kept.</source>
        <translation>这次训练不保存，所以没有它的快照：请开始一次会保存的训练。</translation>
    </message>
    <message>
        <source>The thin line is the trained length, %1 tokens.</source>
        <translation>细线是训练长度，%1 个词元。</translation>
    </message>
    <message>
        <source>The distance within which nine tenths of the influence lie.</source>
        <translation>十分之九的影响所在的距离。</translation>
    </message>
    <message>
        <source>Step %1, %2 tokens in %3 sequences.</source>
        <translation>第 %1 步，%3 个序列中的 %2 个词元。</translation>
    </message>
    <message>
        <source>%1 of them are of those to train on.</source>
        <translation>其中 %1 个来自训练用的序列。</translation>
    </message>
    <message>
        <source>Nine tenths of the influence come from the last %1 tokens: the real length of memory.</source>
        <translation>十分之九的影响来自最近 %1 个词元：这是真正的记忆长度。</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>头 %1</translation>
    </message>
    <message>
        <source>1/(t+1)</source>
        <translation>1/(t+1)</translation>
    </message>
    <message>
        <source>carried</source>
        <translation>携带</translation>
    </message>
    <message>
        <source>cleared at line ends</source>
        <translation>行末清空</translation>
    </message>
    <message>
        <source>the newest %1 anew</source>
        <translation>由最新 %1 个重新计算</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>记忆</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>第 %1 层</translation>
    </message>
    <message>
        <source>influence</source>
        <translation>影响</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>步数</translation>
    </message>
    <message>
        <source>Position</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>The share of a head&apos;s channels whose state is strictly larger than at the token before. A running maximum of anything changes with chance 1/(t+1) at position t, trained or not: compare with that line.</source>
        <translation>一个头中，状态严格大于前一词元处的通道所占的比例。任何内容的累计最大值在位置 t 都以 1/(t+1) 的概率改变，无论是否训练过：请与那条线比较。</translation>
    </message>
    <message>
        <source>Age in tokens</source>
        <translation>年龄（词元数）</translation>
    </message>
    <message>
        <source>How long ago the value that a channel holds came, over all channels of the head and all positions.</source>
        <translation>通道所保持的值是多久以前来的，取自该头的所有通道和所有位置。</translation>
    </message>
    <message>
        <source>Distance in tokens</source>
        <translation>距离（词元数）</translation>
    </message>
    <message>
        <source>KL divergence (nats)</source>
        <translation>KL 散度（奈特）</translation>
    </message>
    <message>
        <source>How far the prediction moves, KL(p || p without it), when the token so far back is hidden from memory in all layers; mean over all positions.</source>
        <translation>在所有层中对记忆隐藏那么远之前的词元时，预测移动多远，即 KL(p || 没有它的 p)；对所有位置取平均。</translation>
    </message>
    <message>
        <source>Loss (nats)</source>
        <translation>损失（奈特）</translation>
    </message>
    <message>
        <source>The loss by position in long texts, raw values faint. Carried: the state is never empty again. Cleared: it is empty after every line. Anew: computed for every token from the newest ones.</source>
        <translation>长文本中各位置的损失，原始值为淡色。携带：状态不再清空。清空：每行之后状态为空。重新计算：每个词元都由最新的词元计算。</translation>
    </message>
    <message>
        <source>How often states change, over how often a running maximum of random numbers would; 1: as often.</source>
        <translation>状态变化的频率，除以随机数的累计最大值变化的频率；1：一样频繁。</translation>
    </message>
    <message>
        <source>The mean age of what is held.</source>
        <translation>所保持内容的平均年龄。</translation>
    </message>
    <message>
        <source>Within it lie nine tenths of the influence.</source>
        <translation>十分之九的影响在此范围内。</translation>
    </message>
    <message>
        <source>The share of a layer&apos;s gates that are 0 at every token.</source>
        <translation>一层的 gate 中，在每个词元处都为 0 的比例。</translation>
    </message>
    <message>
        <source>The L2 norm of every layer&apos;s output, mean over the tokens.</source>
        <translation>每层输出的 L2 范数，对各词元取平均。</translation>
    </message>
    <message>
        <source>%1 at %2: %3</source>
        <translation>%1，在 %2 处：%3</translation>
    </message>
    <message>
        <source>Changes (%)</source>
        <translation>变化（%）</translation>
    </message>
    <message>
        <source>Share (%)</source>
        <translation>份额（%）</translation>
    </message>
    <message>
        <source>Changes / chance</source>
        <translation>变化 / 随机</translation>
    </message>
    <message>
        <source>Age (tokens)</source>
        <translation>年龄（词元数）</translation>
    </message>
    <message>
        <source>Length (tokens)</source>
        <translation>长度（词元数）</translation>
    </message>
    <message>
        <source>Never open (%)</source>
        <translation>从不打开（%）</translation>
    </message>
    <message>
        <source>Over the run: norm</source>
        <translation>训练全程：norm</translation>
    </message>
    <message>
        <source>Mean of heads</source>
        <translation>各头平均</translation>
    </message>
    <message>
        <source>Of every layer: the mean of its heads, or the one head of this number.</source>
        <translation>每一层：各头的平均，或这个编号的头。</translation>
    </message>
    <message>
        <source>The run has no snapshot yet.</source>
        <translation>该记录还没有快照。</translation>
    </message>
    <message>
        <source>%1 snapshots of the run, from step %2 to step %3, each over %4 tokens.</source>
        <translation>该记录的 %1 个快照，从第 %2 步到第 %3 步，每个在 %4 个词元上测量。</translation>
    </message>
    <message>
        <source>The influence is measured on %1 of the sequences.</source>
        <translation>影响在其中 %1 个序列上测量。</translation>
    </message>
    <message>
        <source>Nine tenths of the influence come from the last %1 tokens as changed, from the last %2 as trained.</source>
        <translation>十分之九的影响，改动后来自最后 %1 个词元，训练所得来自最后 %2 个。</translation>
    </message>
    <message>
        <source>The L2 norm of what every layer&apos;s LayerNorm gives, mean over the tokens.</source>
        <translation>每层 LayerNorm 输出的 L2 范数，对词元取平均。</translation>
    </message>
    <message>
        <source>Difference of: %1</source>
        <translation>差值：%1</translation>
    </message>
</context>
<context>
    <name>samout::SurprisePanel</name>
    <message>
        <source>Surprise</source>
        <translation>意外</translation>
    </message>
    <message>
        <source>The text to look at will be shown here, coloured by how much each token surprises the network: press Start to train.</source>
        <translation>这里将显示所观察的文本，按每个词元使网络意外的程度着色：请按“开始”进行训练。</translation>
    </message>
    <message>
        <source>loss = -ln p(token), in nats, p by the network after the tokens before it. The first token is given and has none. A click shows what was expected in a token&apos;s place.</source>
        <translation>损失 = -ln p(词元)，单位奈特，p 是网络读过它之前的词元后给出的概率。第一个词元是给定的，没有损失。点击可看到在一个词元的位置上原本预期什么。</translation>
    </message>
    <message>
        <source>The ten tokens that were likeliest in the chosen one&apos;s place; the arrow is at the one that came.</source>
        <translation>在所选词元的位置上最可能的十个词元；箭头指着实际出现的那个。</translation>
    </message>
    <message>
        <source>The loss of a token, from 0 (certain) to chance, ln(vocabulary): what guessing blindly costs. Larger losses have the last colour.</source>
        <translation>一个词元的损失，从 0（确定）到随机猜测 ln(词表大小)，即盲猜的代价。更大的损失用最末的颜色。</translation>
    </message>
    <message>
        <source>The first token is given; a second one would have a loss.</source>
        <translation>第一个词元是给定的；再有一个词元才会有损失。</translation>
    </message>
    <message>
        <source>Mean loss %1 nats over %2 tokens (chance %3).</source>
        <translation>平均损失 %1 奈特，共 %2 个词元（随机猜测 %3）。</translation>
    </message>
    <message>
        <source> As trained %1, changed by %2%3.</source>
        <translation>训练所得为 %1，改变了 %2%3。</translation>
    </message>
    <message>
        <source>Click a token to see what was expected in its place.</source>
        <translation>点击一个词元，可看到在它的位置上原本预期什么。</translation>
    </message>
    <message>
        <source>This token was given: nothing was expected in its place.</source>
        <translation>这个词元是给定的：它的位置上没有预期。</translation>
    </message>
    <message>
        <source>At the right, what was expected in place of %1: it had rank %2 and probability %3.</source>
        <translation>右侧是在 %1 的位置上原本预期的内容：它排名第 %2，概率为 %3。</translation>
    </message>
    <message>
        <source>What was expected here is not a number.</source>
        <translation>这里所预期的不是数。</translation>
    </message>
    <message>
        <source>%1 is given</source>
        <translation>%1 是给定的</translation>
    </message>
    <message>
        <source>%1: loss %2 nats, probability %3</source>
        <translation>%1：损失 %2 奈特，概率 %3</translation>
    </message>
    <message>
        <source>; as trained %1 nats</source>
        <translation>；训练所得 %1 奈特</translation>
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
    <message>
        <source>Compute it</source>
        <translation>计算</translation>
    </message>
    <message>
        <source>Changed:</source>
        <translation>已改动：</translation>
    </message>
    <message>
        <source>Interventions are on: the What if panel lists them.</source>
        <translation>有干预在起作用：“假如”面板列出它们。</translation>
    </message>
    <message>
        <source>Reading the text: %1 %.</source>
        <translation>正在读文本：%1 %。</translation>
    </message>
    <message>
        <source>Not in the network&apos;s vocabulary, and read as one unknown token: %1 and others.</source>
        <translation>不在网络的词表中，读作一个未知词元：%1 等。</translation>
    </message>
    <message>
        <source>Not in the network&apos;s vocabulary, and read as one unknown token: %1.</source>
        <translation>不在网络的词表中，读作一个未知词元：%1。</translation>
    </message>
    <message>
        <source>The text has %L1 tokens. To compute them may take a while; panels then show some of them, evenly apart.</source>
        <translation>文本有 %L1 个词元，计算可能需要一会儿；之后面板显示其中间隔均匀的一部分。</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Reads the text no further; the panels keep what they show.</source>
        <translation>不再往下读文本；面板保持所显示的内容。</translation>
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
    <message>
        <source>Start a new run with these weights and the settings of the Train panel; Adam&apos;s moments begin anew</source>
        <translation>用这些权重和“训练”面板的设置开始新的训练；Adam 矩重新开始</translation>
    </message>
</context>
<context>
    <name>samout::TimelineStrip</name>
    <message>
        <source>Timeline of the run</source>
        <translation>训练的时间线</translation>
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
        <source>The run from its first step: the loss, a mark below for every snapshot and above for every sample. A dashed line is a change that you made, a dot a breakpoint that was met. Drag or use the arrow keys to look at a snapshot; double-click trains exactly that step again.</source>
        <translation>训练从第一步起的全程：损失，每个快照在下方有刻度，每个样本在上方有刻度。虚线是你所做的改变，点是所遇到的断点。拖动或用方向键可查看一个快照；双击会重新训练到恰好那一步。</translation>
    </message>
    <message>
        <source>; changed after step %1: %2</source>
        <translation>；在第 %1 步之后改变：%2</translation>
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
<context>
    <name>samout::WeightsPanel</name>
    <message>
        <source>Weights</source>
        <translation>权重</translation>
    </message>
    <message>
        <source>Every number that is learnt, one parameter at a time, will be shown here: press Start to train, or open a model.</source>
        <translation>这里将逐个参数显示学到的每一个数：请按“开始”进行训练，或打开一个模型。</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>数值</translation>
    </message>
    <message>
        <source>Change since …</source>
        <translation>自…以来的变化</translation>
    </message>
    <message>
        <source>Change since the first</source>
        <translation>自第一个以来的变化</translation>
    </message>
    <message>
        <source>The numbers as they are; what has changed since the weights that you told the panel to remember; or since the first snapshot of the run.</source>
        <translation>数值本身；自你让面板记住的权重以来的变化；或自这次训练的第一个快照以来的变化。</translation>
    </message>
    <message>
        <source>Remember</source>
        <translation>记住</translation>
    </message>
    <message>
        <source>Remembers the weights that are looked at now, to show what changes.</source>
        <translation>记住现在所看的权重，以显示有哪些变化。</translation>
    </message>
    <message>
        <source>Rows are the parameter&apos;s outputs, columns its inputs. Where there are more than fit, a cell shows the largest of the numbers that it stands for.</source>
        <translation>行是参数的输出，列是它的输入。放不下时，一个格子显示它所代表的数中绝对值最大的那个。</translation>
    </message>
    <message>
        <source>What the colours mean; the largest 0.5 % of the numbers have the colours of the ends.</source>
        <translation>颜色的含义；绝对值最大的 0.5 % 的数用两端的颜色。</translation>
    </message>
    <message>
        <source>How many of the numbers lie in each of 64 equal ranges; the axis is logarithmic, so that few are seen as well.</source>
        <translation>64 个等宽区间中各有多少个数；坐标轴是对数的，所以很少的也看得见。</translation>
    </message>
    <message>
        <source>number</source>
        <translation>数</translation>
    </message>
    <message>
        <source>Norm: the root of the sum of squares. Deviation: the root of the mean squared distance from the mean.</source>
        <translation>范数：平方和的平方根。标准差：与平均值之差的均方的平方根。</translation>
    </message>
    <message>
        <source>%1: %L2 numbers from %3 to %4</source>
        <translation>%1：%L2 个数，在 %3 到 %4 之间</translation>
    </message>
    <message>
        <source>Change since step %1</source>
        <translation>自第 %1 步以来的变化</translation>
    </message>
    <message>
        <source>change</source>
        <translation>变化</translation>
    </message>
    <message>
        <source>Step %1, %2 x %3.
Norm %4, mean %5, deviation %6, from %7 to %8.</source>
        <translation>第 %1 步，%2 x %3。
范数 %4，平均 %5，标准差 %6，从 %7 到 %8。</translation>
    </message>
    <message>
        <source>%L1 of %L2 are not finite numbers.</source>
        <translation>%L2 个数中有 %L1 个不是有限数。</translation>
    </message>
    <message>
        <source>%1, row %2, column %3</source>
        <translation>%1，第 %2 行，第 %3 列</translation>
    </message>
    <message>
        <source> (%1, which makes the %2)</source>
        <translation>（%1，产生 %2）</translation>
    </message>
    <message>
        <source>%1: change %2</source>
        <translation>%1：变化 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Change since step %1 of “%2”</source>
        <translation>自“%2”第 %1 步以来的变化</translation>
    </message>
    <message>
        <source>%1, as changed</source>
        <translation>%1，改动后</translation>
    </message>
    <message>
        <source>These numbers are those as changed minus those as trained.</source>
        <translation>这些数值是改动后的减去训练所得的。</translation>
    </message>
    <message>
        <source>The parameter, by its name in weight files.</source>
        <translation>参数，用它在权重文件中的名称。</translation>
    </message>
    <message>
        <source>Nothing is stored of this training, so there is no first snapshot to compare with.</source>
        <translation>这次训练没有保存任何内容，所以没有可以比较的第一个快照。</translation>
    </message>
    <message>
        <source>The run has no snapshot yet.</source>
        <translation>该记录还没有快照。</translation>
    </message>
</context>
<context>
    <name>samout::Workspace</name>
    <message>
        <source>a training on %1 that is not kept</source>
        <translation>在 %1 上的一次未保存的训练</translation>
    </message>
</context>
</TS>
