using MessagePack;

namespace TestPlugins.WithServices;

[MessagePackObject]
public sealed class Greeting
{
    [Key("text")]
    public string Text { get; set; } = string.Empty;

    [Key("at")]
    public long At { get; set; }
}
