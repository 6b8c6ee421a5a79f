using EdgeHost.Plugins.Language.Encoders;
using EdgeHost.Plugins.Language.Training.Characters;
using EdgeHost.Plugins.Language.Training.Tables;
using EdgeHost.Training.Optimisers;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Language.Tests.Training;

/// <summary>How the transformer over characters learns from texts without labels.</summary>
public class CharacterTrainingTests
{
    private const int Words = 12;
    private const int PieceRows = 40;

    private static readonly CharacterSettings Settings = new() { Length = 16, Width = 16, PieceWidth = 8, Layers = 2, Heads = 2, Inner = 16, Guessed = 4, Batch = 4 };

    [Fact]
    public void Fill_HiddenTokens_AreGuessedAndSeenNowhere()
    {
        var text = Text(400);
        using var step = Step();
        var data = new HiddenTokens(text, Settings, 1, () => 0);

        data.Fill([0, 3, 7, 11], step.Batch);

        var words = step.Batch.Integers("words").ToArray();
        var pieces = step.Batch.Integers("pieces").ToArray();
        var slots = step.Batch.Integers(CharacterNetwork.Slots).ToArray();
        var guessed = step.Batch.Integers(CharacterNetwork.Guessed).ToArray();
        Assert.All(step.Batch.Floats(CharacterNetwork.Counts).ToArray(), count => Assert.Equal(1, count));
        Assert.Equal(slots.Length, slots.Distinct().Count());
        Assert.All(slots, slot => Assert.Equal(Vocabulary.Unknown, words[slot]));
        Assert.All(guessed, word => Assert.InRange(word, Vocabulary.FirstWord, Words - 1));
        Assert.Equal(slots.Length, words.Count(word => word == Vocabulary.Unknown));
        foreach (var slot in slots)
        {
            var end = ((slot / Settings.Length) + 1) * Settings.Length;
            for (var piece = 0; piece < Pieces.Count; piece++)
            {
                for (var token = slot; token <= Math.Min(slot + piece + 1, end - 1); token++) Assert.Equal(Vocabulary.Padding, pieces[(token * Pieces.Count) + piece]);
            }
        }
    }

    [Fact]
    public void Fill_SameStep_HidesTheSameAndAnotherStepHidesOthers()
    {
        Assert.Equal(SlotsOf(5), SlotsOf(5));
        Assert.NotEqual(SlotsOf(5), SlotsOf(6));
    }

    [Fact]
    public void Run_TextThatRepeats_IsGuessedBetterInTheEnd()
    {
        using var step = Step();
        var data = new HiddenTokens(Text(400), Settings, 1, () => step.StepsDone);
        var losses = new List<float>();
        for (var i = 0; i < 150; i++)
        {
            data.Fill([i % data.Count, (i + 5) % data.Count, (i + 11) % data.Count, (i + 17) % data.Count], step.Batch);
            losses.Add(step.Run(0.01f).Loss);
        }

        Assert.InRange(losses.TakeLast(10).Average(), 0, losses[0] / 2);
    }

    private static long[] SlotsOf(long number)
    {
        using var step = Step();
        new HiddenTokens(Text(400), Settings, 1, () => number).Fill([0, 1, 2, 3], step.Batch);
        return step.Batch.Integers(CharacterNetwork.Slots).ToArray();
    }

    private static TrainingStep Step() => new(CharacterNetwork.CreateGuesser(Settings, Words, PieceRows), new AdamW(), new StepOptions { BatchSize = Settings.Batch, ClipNorm = 1 });

    // Ten words, one behind the other: a word follows from its neighbours.
    private static TableText Text(int tokens)
        => new(
            [.. Enumerable.Range(0, tokens).Select(token => Vocabulary.FirstWord + (token % (Words - Vocabulary.FirstWord)))],
            [.. Enumerable.Range(0, tokens * Pieces.Count).Select(piece => 1 + (piece % (PieceRows - 1)))]);
}
