using System.Buffers;
using System.Text;
using EdgeHost.Plugins.Speech.Transcription.Decoding;
using EdgeHost.Plugins.Speech.Transcription.Tokens;
using EdgeHost.Plugins.Text.Decoding;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Speech.Tests.Transcription;

public sealed class DecodingTests
{
    private const int End = 2;
    private static readonly int[] Beginning = [1, 9];

    [Fact]
    public async Task TokensAreWrittenUntilTheEndAndCachesAreHandedOn()
    {
        var decoder = new ScriptedDecoder(step => step < 5 ? 10 + step : End);
        var heard = await WriteAsync(decoder, limit: 50);
        Assert.Equal("abcde", heard.Text);
        Assert.False(heard.IsCut);
        Assert.Equal([1, 9, 10, 11, 12, 13, 14], decoder.Given);
        Assert.Equal(0, decoder.Lease.Undisposed);
    }

    [Fact]
    public async Task CirclesAreCutAtTheirFirstRound()
    {
        var heard = await WriteAsync(new ScriptedDecoder(step => step < 2 ? 20 + step : 10 + ((step - 2) % 3)), limit: 500);
        Assert.Equal(("klabc", true), (heard.Text, heard.IsCut));
    }

    [Fact]
    public async Task TextThatDoesNotEndIsCutAtTheLimit()
    {
        var decoder = new ScriptedDecoder(step => 10 + ((step * step) % 17));
        var heard = await WriteAsync(decoder, limit: 8);
        Assert.Equal((8, true, 8), (heard.Text.Length, heard.IsCut, decoder.Steps));
    }

    [Theory]
    [InlineData(new[] { 1, 2, 3 }, null)]
    [InlineData(new[] { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 }, null)]
    [InlineData(new[] { 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5 }, 1)]
    [InlineData(new[] { 9, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2 }, 3)]
    [InlineData(new[] { 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4 }, null)]
    [InlineData(new[] { 7, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4 }, 5)]
    public void OnlyWhatGoesOnAndOnIsACircle(int[] tokens, int? kept) => Assert.Equal(kept, RepetitionRule.Find(tokens));

    [Fact]
    public void CharacterOfSeveralTokensAppearsWhenItIsWhole()
    {
        var text = new TokenText(new BytesVocabulary());
        var shown = new List<string>();
        foreach (var value in Encoding.UTF8.GetBytes("zé€🙂"))
        {
            text.Add(value);
            shown.Add(text.Take(text.Count));
        }

        Assert.Equal(["z", "z", "zé", "zé", "zé", "zé€", "zé€", "zé€", "zé€", "zé€🙂"], shown);
    }

    [Fact]
    public void ByteLevelVocabularyIsRead()
    {
        var json = """{"added_tokens":[{"id":3,"content":"<|en|>"}],"model":{"vocab":{"Ġthe":0,"Ã":1,"©":2,"<|en|>":3}}}""";
        var vocabulary = ByteLevelVocabulary.Read(Encoding.UTF8.GetBytes(json));
        var text = new TokenText(vocabulary);
        foreach (var token in new[] { 0, 3, 1, 2, 99, -1 }) text.Add(token);
        Assert.Equal("theé", text.Take(text.Count));
        Assert.Equal((3, null), (vocabulary.FindSpecial("<|en|>"), vocabulary.FindSpecial("<|fr|>")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{"model":{"vocab":{}}}""")]
    [InlineData("""{"model":{"vocab":{"a":-1}}}""")]
    [InlineData("""{"model":{"vocab":{"a":2000000000}}}""")]
    [InlineData("""{"model":{"vocab":{"a":"b"}}}""")]
    public void BrokenVocabularyIsSaid(string json)
        => Assert.Equal(ErrorCode.FailedPrecondition, Assert.Throws<EdgeHostException>(() => ByteLevelVocabulary.Read(Encoding.UTF8.GetBytes(json))).Code);

    [Theory]
    [InlineData("")]
    [InlineData("const x = 1")]
    [InlineData("llama_vocab_base64 = \"AAAA")]
    [InlineData("llama_vocab_base64 = \"#!\"")]
    public void BrokenScriptIsSaid(string script)
        => Assert.Equal(ErrorCode.FailedPrecondition, Assert.Throws<EdgeHostException>(() => LlamaVocabulary.Read(Encoding.UTF8.GetBytes(script))).Code);

    private static async Task<EdgeHost.Plugins.Speech.Transcription.Recognition.Recognised> WriteAsync(ScriptedDecoder decoder, int limit)
    {
        using var hidden = new SimulatedValue(ElementType.Float32, new TensorShape(1, 7, 4));
        using var cached = new CachedDecoder(decoder.Lease, next: null, new NamedValue("encoder_hidden_states", hidden));
        return await GreedyWriter.WriteAsync(cached, Beginning, End, int.MaxValue, limit, new LettersVocabulary(), default);
    }

    private sealed class LettersVocabulary : ITokenVocabulary
    {
        public void Write(int token, IBufferWriter<byte> text) => text.Write([(byte)('a' + token - 10)]);

        public int? FindSpecial(string name) => null;
    }

    private sealed class BytesVocabulary : ITokenVocabulary
    {
        public void Write(int token, IBufferWriter<byte> text) => text.Write([(byte)token]);

        public int? FindSpecial(string name) => null;
    }
}
