using System.Text;
using CsCheck;
using EdgeHost.Plugins.Language.Generation.Tokenizers;
using EdgeHost.TestKit.Onnx.Decoders;

namespace EdgeHost.Plugins.Language.Tests.Generation;

/// <summary>Byte-level tokens.</summary>
public class TokenizerTests
{
    private static readonly TextTokenizer Tiny = TokenizerFile.Read(Encoding.UTF8.GetBytes(TinyFolder.Tokenizer()), "tiny");

    [Fact]
    public void Text_IsJoinedByMerges()
        => Assert.Equal([258, 'r' - '!', 'e' - '!'], Tiny.Encode(" there").Select(static token => token < 256 ? token - '!' : token));

    [Fact]
    public void AddedTokens_AreFoundInTexts_AndAreNoText()
    {
        var tokens = Tiny.Encode("a<|im_end|>b");

        Assert.Equal([97, 261, 98], tokens);
        Assert.Equal("ab", Tiny.Decode(tokens));
    }

    [Fact]
    public void AnyText_ComesBack()
        => Gen.String[Gen.Char, 0, 60].Sample(text =>
        {
            // What is no Unicode, an unpaired surrogate, becomes U+FFFD.
            var clean = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
            Assert.Equal(clean, Tiny.Decode(Tiny.Encode(text)));
        });

    [Theory]
    [InlineData("عربي 👩‍👩‍👧 中文 \u0000\u0007 e\u0301")]
    [InlineData("")]
    public void Scripts_ComeBack(string text) => Assert.Equal(text, Tiny.Decode(Tiny.Encode(text)));

    [Fact]
    public void OneEndlessWord_IsEncodedInTime()
    {
        var tokens = Tiny.Encode(new string('t', 50_000) + string.Concat(Enumerable.Repeat("the", 50_000)));

        Assert.Equal(100_000, tokens.Count);
    }

    [Theory]
    [InlineData("""{"model":{"type":"Unigram","vocab":[]}}""", "Unigram")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"pre_tokenizer":{"type":"Metaspace"}}""", "Metaspace")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"pre_tokenizer":{"type":"Split","behavior":"Isolated","pattern":{"Regex":"("}}}""", "pattern")]
    [InlineData("""{"model":{"type":"BPE","vocab":{"a":0},"merges":[]},"pre_tokenizer":{"type":"ByteLevel"},"normalizer":{"type":"Lowercase"}}""", "Lowercase")]
    [InlineData("{", "cannot be used")]
    public void Files_OfOtherKinds_SayWhatIsNotKnown(string json, string words)
    {
        var error = Assert.Throws<EdgeHostException>(() => TokenizerFile.Read(Encoding.UTF8.GetBytes(json), "other"));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }
}
