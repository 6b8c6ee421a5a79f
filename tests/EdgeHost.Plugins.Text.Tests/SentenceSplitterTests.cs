using CsCheck;
using EdgeHost.Plugins.Text.Sentences;

namespace EdgeHost.Plugins.Text.Tests;

public class SentenceSplitterTests
{
    [Theory]
    [InlineData("Hello there. How are you? Fine!", "Hello there.|How are you?|Fine!")]
    [InlineData("Dr. Smith met Mr. J. R. Hobbs at 3.5 p.m. on Main St. in Ohio. Good.", "Dr. Smith met Mr. J. R. Hobbs at 3.5 p.m. on Main St. in Ohio.|Good.")]
    [InlineData("It costs $3.50. It is version 1.2.3. See example.com for more.", "It costs $3.50.|It is version 1.2.3.|See example.com for more.")]
    [InlineData("\"Stop!\" he said. (Really.) \"Why?\" \"Because.\"", "\"Stop!\" he said.|(Really.)|\"Why?\"|\"Because.\"")]
    [InlineData("We have apples, pears, etc. They are cheap. We also sell nuts etc. at night.", "We have apples, pears, etc.|They are cheap.|We also sell nuts etc. at night.")]
    [InlineData("Well... perhaps. What?! No way!!!", "Well... perhaps.|What?!|No way!!!")]
    [InlineData("你好，世界。今天天气很好！你呢？", "你好，世界。|今天天气很好！|你呢？")]
    [InlineData("彼は「はい。」と言った。終わり", "彼は「はい。」|と言った。|終わり")]
    [InlineData("Das kostet z.B. 5 Euro. Er kommt bald, d.h. heute.", "Das kostet z.B. 5 Euro.|Er kommt bald, d.h. heute.")]
    [InlineData("First line\nsecond line.\n\nA heading\n\nText", "First line\nsecond line.|A heading|Text")]
    [InlineData("1. Open the door. 2. Close it.", "1. Open the door.|2. Close it.")]
    [InlineData("क्या हाल है? मैं ठीक हूँ। अच्छा।", "क्या हाल है?|मैं ठीक हूँ।|अच्छा।")]
    [InlineData("So am I. You too.", "So am I.|You too.")]
    [InlineData("  \n ", "")]
    [InlineData("...", "...")]
    public void Split_FindsSentences(string text, string expected)
        => Assert.Equal(expected, string.Join('|', SentenceSplitter.Split(text, 400).Select(sentence => text.Substring(sentence.Start, sentence.Length))));

    [Fact]
    public void Split_LongSentence_IsCutAtCommasThenBlanks()
    {
        const string Text = "one two three four five, six seven eight nine ten eleven twelve thirteen";
        Assert.Equal(
            ["one two three four five,", "six seven eight nine ten eleven", "twelve thirteen"],
            SentenceSplitter.Split(Text, 32).Select(sentence => Text.Substring(sentence.Start, sentence.Length)));
    }

    [Fact]
    public void Split_AnyText_HasAllOfItInOrder()
        => Gen.Select(Gen.String[Gen.OneOf(Gen.Char, OneOf(" .!?,。\n\"'«»aA1😀é\u0301中".ToCharArray())), 0, 200], Gen.Int[2, 60]).Sample((text, longest) =>
        {
            var at = 0;
            foreach (var sentence in SentenceSplitter.Split(text, longest))
            {
                Assert.True(sentence.Start >= at && sentence.Length > 0 && sentence.Length <= longest && sentence.Start + sentence.Length <= text.Length);
                Assert.True(string.IsNullOrWhiteSpace(text[at..sentence.Start]));
                Assert.False(char.IsWhiteSpace(text[sentence.Start]) || char.IsWhiteSpace(text[sentence.Start + sentence.Length - 1]));
                at = sentence.Start + sentence.Length;
                if (longest > 2) Assert.False(at < text.Length && char.IsHighSurrogate(text[at - 1]) && char.IsLowSurrogate(text[at]));
            }

            Assert.True(string.IsNullOrWhiteSpace(text[at..]));
        });

    [Fact]
    public void Split_LongTextWithoutSentences_TakesTimeByItsLength()
    {
        var pieces = SentenceSplitter.Split(string.Concat(Enumerable.Repeat("word ", 400_000)), 400).ToList();
        Assert.Equal(5_000, pieces.Count);
    }

    [Fact]
    public void Next_WhileTextGrows_GivesTheSentencesOfTheWhole()
        => Gen.Select(OneOf("Hello there.", "Dr. No is in.", "What? Yes!", "It costs 3.50, or so.", "你好。", "Well...", "\"Go!\" he said.", "No", "\n\n").List[1, 8], Gen.Int[1, 7]).Sample((parts, step) =>
        {
            var text = string.Join(' ', parts);
            var (grown, at) = (new List<Sentence>(), 0);
            for (var length = 1; length <= text.Length; length += step)
            {
                while (SentenceSplitter.Next(text.AsSpan(0, length), at, 400, isComplete: false) is { } next) Take(next);
            }

            while (SentenceSplitter.Next(text, at, 400, isComplete: true) is { } next) Take(next);
            Assert.Equal(SentenceSplitter.Split(text, 400), grown);

            void Take(Sentence sentence)
            {
                grown.Add(sentence);
                at = sentence.Start + sentence.Length;
            }
        });

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);
}
