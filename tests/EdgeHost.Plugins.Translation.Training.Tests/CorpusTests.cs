using EdgeHost.Plugins.Translation.Training.Decoding;
using EdgeHost.Plugins.Translation.Training.Texts;
using EdgeHost.TestKit;

namespace EdgeHost.Plugins.Translation.Training.Tests;

/// <summary>What is learned from, and what is measured with.</summary>
public class CorpusTests
{
    [Fact]
    public void Read_SomePairs_AreHeldBackAndTheMeasuredOnesLeftOut()
    {
        using var folder = new TempFolder();
        var (first, second) = (folder.Combine("first.tsv"), folder.Combine("second.tsv"));
        File.WriteAllLines(first, Enumerable.Range(0, 2_000).Select(i => $"a{i}\tb{i}"));
        File.WriteAllLines(second, Enumerable.Range(0, 2_000).Select(i => $"a{i}\tc{i}").Append("x\ty"));

        var corpus = Corpus.Read([(first, 2), (second, 1)], isReversed: true, [new SentencePair("b7", "nothing"), new SentencePair("nothing", "a8")]);

        Assert.InRange(corpus.Held.Count, 5, 60);
        Assert.All(corpus.Held, pair => Assert.StartsWith("b", pair.Source, StringComparison.Ordinal));
        var texts = corpus.Learned.SelectMany(pair => new[] { pair.Source, pair.Target }).ToHashSet();
        Assert.All(corpus.Held, pair => Assert.False(texts.Contains(pair.Source) || texts.Contains(pair.Target)));
        Assert.DoesNotContain("b7", texts);
        Assert.DoesNotContain("a8", texts);
        Assert.Equal(2, corpus.Learned.Count(pair => pair.Source == "b3"));
        Assert.Equal(1, corpus.Learned.Count(pair => pair == new SentencePair("y", "x")));
    }

    [Fact]
    public void Read_ALineWithoutATab_IsNamed()
    {
        using var folder = new TempFolder();
        File.WriteAllLines(folder.Combine("pairs.tsv"), ["a\tb", "broken"]);

        var error = Assert.Throws<EdgeHostException>(() => PairFile.Read(folder.Combine("pairs.tsv"), isReversed: false));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains("Line 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TargetOrder_WhatTranslationsHave_ComesFirst()
    {
        var order = new TargetOrder(6, [[4, 0], [2, 0]]);

        Assert.Equal(4, order.Targets);
        Assert.Equal([0, 1, 2, 4, 3, 5], order.Ids);
        Assert.Equal([0, 1, 2, 4, 3, 5], Enumerable.Range(0, 6).Select(order.PlaceOf));
    }

    // chrF2 of "abcd" against "abce": 3 of 4 characters, 2 of 3 pairs, 1 of 2 triples, 0 of 1 quadruples.
    [Theory]
    [InlineData("the same", "the same", 100)]
    [InlineData("abc", "xyz", 0)]
    [InlineData("ab cd", "abc e", 100 * ((3.0 / 4) + (2.0 / 3) + (1.0 / 2)) / 6)]
    public void CharacterScore_OfTexts_IsTheirSharedRuns(string translation, string reference, double expected)
        => Assert.Equal(expected, CharacterScore.Of([translation], [reference]), 6);
}
