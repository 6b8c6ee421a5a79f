using System.Text;
using EdgeHost.PluginHost.Descriptions;
using EdgeHost.PluginSdk;

namespace EdgeHost.PluginHost.Tests.Descriptions;

public sealed class DescriptionFileTests
{
    private static readonly CapabilityDescriptor Full = new()
    {
        Method = "a.full",
        Kind = CapabilityKind.Duplex,
        Version = 3,
        Summary = "Does \"all\" of it: ä€😀.",
        RequestSchema = """{"type":"object"}""",
        ResponseSchema = """{"a":1}""",
        ItemSchema = """{"b":[2]}""",
        PushSchema = """{"c":{}}""",
        ExampleRequest = """{"image":"@file"}""",
        ResolvesReferences = true,
        Models = ["m", "n"],
        Tasks = ["speech-recognition"],
    };

    [Fact]
    public void Read_WhatWasWritten_IsTheSame()
    {
        var read = DescriptionFile.Read(DescriptionFile.Write("key", [Full, new CapabilityDescriptor { Method = "a.bare" }]), "key")!;

        Assert.Equal(["a.bare", "a.full"], read.Keys.Order(StringComparer.Ordinal));
        Assert.Equivalent(Full, read["a.full"], strict: true);
        Assert.Equivalent(new CapabilityDescriptor { Method = "a.bare" }, read["a.bare"], strict: true);
    }

    [Fact]
    public void Read_ForAnotherKey_IsNothing() => Assert.Null(DescriptionFile.Read(DescriptionFile.Write("key", [Full]), "other"));

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"key":"key"}""")]
    [InlineData("""{"key":7,"capabilities":[]}""")]
    [InlineData("""{"key":"key","capabilities":{}}""")]
    [InlineData("""{"key":"key","capabilities":[7]}""")]
    public void Read_WhatIsNotAFileOfOurs_IsNothing(string json) => Assert.Null(DescriptionFile.Read(Encoding.UTF8.GetBytes(json), "key"));

    [Theory]
    [InlineData("\"kind\":\"Duplex\"", "\"kind\":\"Odd\"")]
    [InlineData("\"kind\":\"Duplex\"", "\"kind\":\"77\"")]
    [InlineData("\"version\":3", "\"version\":0")]
    [InlineData("\"version\":3", "\"version\":3.5")]
    [InlineData("\"method\":\"a.full\"", "\"method\":null")]
    [InlineData("\"models\":[\"m\",\"n\"]", "\"models\":[null]")]
    [InlineData("\"tasks\":[\"speech-recognition\"]", "\"tasks\":7")]
    [InlineData("\"resolves_references\":true", "\"resolves_references\":1")]
    [InlineData("a\\u0022:1", "a\\u0022:")]
    public void Read_AFieldThatIsNotGood_IsNothing(string good, string bad)
    {
        var json = Encoding.UTF8.GetString(DescriptionFile.Write("key", [Full]).Span);
        Assert.Contains(good, json, StringComparison.Ordinal);

        Assert.Null(DescriptionFile.Read(Encoding.UTF8.GetBytes(json.Replace(good, bad, StringComparison.Ordinal)), "key"));
    }

    [Fact]
    public void Read_RandomlyBrokenFiles_NeverThrows()
    {
        var good = DescriptionFile.Write("key", [Full]).ToArray();
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var broken = good[..random.Next(good.Length / 2, good.Length + 1)];
            for (var edits = random.Next(4); edits > 0; edits--) broken[random.Next(broken.Length)] = (byte)random.Next(256);

            _ = DescriptionFile.Read(broken, "key");
        }
    }
}
