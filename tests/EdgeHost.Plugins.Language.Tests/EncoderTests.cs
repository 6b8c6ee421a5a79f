using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Tokens;

namespace EdgeHost.Plugins.Language.Tests;

/// <summary>How texts become rows of an encoder's tables.</summary>
public class EncoderTests
{
    private static readonly List<Token> Text = Tokeniser.Cut("not good not good", 100).Tokens;

    [Fact]
    public void Vocabulary_KnownAndUnknown_GiveTheirRows()
    {
        uint[] words = [.. new[] { "not", "good" }.Select(word => Pieces.Word(new Token(word, TokenKind.Word))).Order()];
        var vocabulary = new Vocabulary(Vocabulary.Write(words, [Pieces.Of(Text, 1, 0)!.Value]));

        Assert.Equal([2, 3], Text.Select(vocabulary.Word).Distinct().Order());
        Assert.Equal(Vocabulary.Unknown, vocabulary.Word(new Token("bad", TokenKind.Word)));
        Assert.Equal(1, vocabulary.Piece(Text, 1, 0));
        Assert.Equal(1, vocabulary.Piece(Text, 3, 0));
        Assert.Equal(Vocabulary.Padding, vocabulary.Piece(Text, 0, 0));
        Assert.Equal(Vocabulary.Padding, vocabulary.Piece(Text, 0, 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("45485631")]
    [InlineData("454856310100000001000000")]
    [InlineData("45485631ffffffff01000000")]
    [InlineData("00000000000000000000000000000000")]
    public void Vocabulary_DamagedFile_IsDataLoss(string hex)
        => Assert.Equal(ErrorCode.DataLoss, Assert.Throws<EdgeHostException>(() => new Vocabulary(Convert.FromHexString(hex))).Code);

    [Fact]
    public void Pieces_OfWordsAndCharacters_AreOfTheirKind()
    {
        var words = Tokeniser.Cut("extraordinary extraterrestrial !", 10).Tokens;
        var characters = Tokeniser.Cut("很不好吃", 10).Tokens;

        Assert.Equal(Pieces.Of(words, 0, 2), Pieces.Of(words, 1, 2));
        Assert.Null(Pieces.Of(words, 2, 2));
        Assert.Null(Pieces.Of(characters, 2, 2));
        Assert.NotNull(Pieces.Of(characters, 3, 2));
        Assert.NotEqual(Pieces.Word(words[0]), Pieces.Word(words[1]));
    }

    [Fact]
    public void WordPieces_OfWords_AreTheLongestFirst()
    {
        string[] vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "un", "##happi", "##ness", "##hap", "happi", "ha", "a", "##a"];
        var pieces = WordPieces.Read(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', vocabulary) + "\n"));

        Assert.Equal("[CLS] un ##happi ##ness a [SEP]", Text("unhappiness a", 10));
        Assert.Equal("[CLS] [UNK] a [SEP]", Text("unhappy a", 10));
        Assert.Equal("[CLS] a ##a a [SEP]", Text("aaa a", 10));
        Assert.Equal("[CLS] a ##a [SEP]", Text("aa aa aa", 4));
        Assert.Equal("[CLS] [SEP]", Text(string.Empty, 4));

        string Text(string text, int length) => string.Join(' ', pieces.Of(Tokeniser.Cut(text, 10).Tokens, length).Select(id => vocabulary[id]));
    }

    [Fact]
    public void WordPieces_VocabularyWithoutSpecialPieces_IsDataLoss()
        => Assert.Equal(ErrorCode.DataLoss, Assert.Throws<EdgeHostException>(() => WordPieces.Read("a\nb\n"u8)).Code);

    [Theory]
    [InlineData(1, 64)]
    [InlineData(64, 64)]
    [InlineData(65, 64)]
    [InlineData(4000, 64)]
    [InlineData(129, 2)]
    public void Windows_Together_HoldEveryTokenOnce(int tokens, int length)
    {
        var windows = Windows.Count(tokens, length);
        var ranges = Enumerable.Range(0, windows).Select(window => Windows.Of(tokens, windows, window).GetOffsetAndLength(tokens)).ToList();

        Assert.All(ranges, range => Assert.InRange(range.Length, 1, length));
        Assert.Equal(Enumerable.Range(0, tokens), ranges.SelectMany(range => Enumerable.Range(range.Offset, range.Length)));
    }

    [Fact]
    public void Fill_TextOfTwoWindows_MarksWhatIsThere()
    {
        var vocabulary = new Vocabulary(Vocabulary.Write([Pieces.Word(new Token("good", TokenKind.Word))], []));
        long[] words = [9, 9, 9, 9, 9, 9];
        long[] pieces = new long[18];
        float[] mask = new float[6];

        var known = TableInput.Fill(vocabulary, Text, 2, 3, words, pieces, mask);

        Assert.Equal(2, known);
        Assert.Equal([1, 2, 0, 1, 2, 0], words);
        Assert.Equal([1f, 1, 0, 1, 1, 0], mask);
    }
}
