using System.Text;
using EdgeHost.Plugins.Text.Pieces;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Text.Tests;

/// <summary>The vocabulary of a model that ships.</summary>
public class PieceVocabularyTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "plugins", "Translation", "models", "translation-en-zh");
    private static readonly PieceVocabulary Vocabulary = PieceVocabulary.Read(File.ReadAllBytes(Path.Combine(Folder, "source.spm")), File.ReadAllBytes(Path.Combine(Folder, "vocab.json")));

    [Theory]
    [InlineData("I am a student.", "I am a student.")]
    [InlineData("  Two   blanks ", "Two blanks")]
    [InlineData("我喜欢茶。", "我喜欢茶。")]
    [InlineData("ｆｕｌｌ　width ﬁ", "full width fi")]
    [InlineData("", "")]
    public void Decode_OfEncode_IsTheNormalisedText(string text, string expected) => Assert.Equal(expected, Vocabulary.Decode(Vocabulary.Encode(text, 512)));

    [Fact]
    public void Encode_RunOfUnknownCharacters_IsOneId()
    {
        var ids = Vocabulary.Encode("a 😀😀😀 b", 512);

        Assert.Equal(1, ids.Count(id => id == Vocabulary.UnknownId));
        Assert.Equal(Vocabulary.EndId, ids[^1]);
    }

    [Fact]
    public void Encode_LongText_IsCutWithItsEnd()
    {
        var ids = Vocabulary.Encode(string.Concat(Enumerable.Repeat("word ", 1000)), 64);

        Assert.Equal((64, Vocabulary.EndId), (ids.Length, ids[^1]));
    }

    [Fact]
    public void Encode_NameOfALanguage_IsOnePieceWhereTheModelHasIt()
    {
        var json = File.ReadAllText(Path.Combine(Folder, "vocab.json")).TrimEnd().TrimEnd('}') + ", \">>fra<<\": 4502}";
        var vocabulary = PieceVocabulary.Read(File.ReadAllBytes(Path.Combine(Folder, "source.spm")), Encoding.UTF8.GetBytes(json));

        Assert.Equal([4502, .. Vocabulary.Encode("Good.", 512)], vocabulary.Encode(">>fra<< Good.", 512));
        Assert.NotEqual(4502, vocabulary.Encode(">>deu<< Good.", 512)[0]);
    }

    [Theory]
    [InlineData('a', true)]
    [InlineData('我', true)]
    [InlineData('ж', false)]
    public void Knows_IsWhetherThereIsAPiece(char character, bool expected) => Assert.Equal(expected, Vocabulary.Knows(new Rune(character)));
}
