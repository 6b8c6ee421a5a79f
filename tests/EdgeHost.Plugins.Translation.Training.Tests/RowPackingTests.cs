using EdgeHost.Plugins.Translation.Training.Networks;
using EdgeHost.Plugins.Translation.Training.Rows;
using EdgeHost.Training.Steps;

namespace EdgeHost.Plugins.Translation.Training.Tests;

/// <summary>How pairs share rows.</summary>
public class RowPackingTests
{
    [Fact]
    public void Pack_Pairs_EachIsInOneRowThatHoldsItAndLittleIsEmpty()
    {
        var pairs = Tiny.Pairs(2_000, 1);

        var rows = RowPacking.Pack(pairs, Tiny.Length, seed: 5);

        Assert.Equal(Enumerable.Range(0, pairs.Count), rows.SelectMany(row => row).Order());
        Assert.All(rows, row => Assert.InRange(row.Sum(i => pairs[i].Source.Length), 1, Tiny.Length));
        Assert.All(rows, row => Assert.InRange(row.Sum(i => pairs[i].Target.Length), 1, Tiny.Length));
        Assert.True(pairs.Sum(pair => pair.Source.Length) > 0.9 * rows.Count * Tiny.Length);
        Assert.Equal(rows, RowPacking.Pack(pairs, Tiny.Length, seed: 5));
        Assert.NotEqual(rows, RowPacking.Pack(pairs, Tiny.Length, seed: 6));
    }

    [Fact]
    public void Pack_APairLongerThanARow_IsLeftOut()
    {
        EncodedPair[] pairs = [new([2, MarianShape.End], new int[Tiny.Length + 1]), new([2, MarianShape.End], [10, MarianShape.End])];

        Assert.Equal([[1]], RowPacking.Pack(pairs, Tiny.Length, seed: 1));
    }

    [Fact]
    public void Fill_APairAmongOthers_HasTheScoresThatItHasAlone()
    {
        var pairs = Tiny.Pairs(40, 2);
        using var step = Tiny.Step(batch: 1);
        using var evaluation = new EvaluationStep(step);
        var packed = Tiny.Data(pairs);
        var rows = RowPacking.Pack(pairs, Tiny.Length, seed: 1);
        Assert.Contains(rows, row => row.Length > 2);
        for (var row = 0; row < rows.Count; row++)
        {
            packed.Fill([row], evaluation.Batch);
            evaluation.Run();
            var together = evaluation.Outputs.ToArray();
            var start = 0;
            foreach (var index in rows[row])
            {
                Tiny.Data([pairs[index]]).Fill([0], evaluation.Batch);
                evaluation.Run();
                for (var i = 0; i < pairs[index].Target.Length * Tiny.Order.Targets; i++) Assert.Equal(evaluation.Outputs[i], together[(start * Tiny.Order.Targets) + i], 1e-4f);
                start += pairs[index].Target.Length;
            }
        }
    }

    [Fact]
    public void Fill_APairOfALaterPlace_CountsOnlyItsOwnPieces()
    {
        EncodedPair[] pairs = [new([2, 3, MarianShape.End], [11, MarianShape.End])];
        using var step = Tiny.Step(batch: 1);

        Tiny.Data(pairs).Fill([0], step.Batch);

        Assert.Equal(2, step.Batch.Floats(MarianNetwork.Weight).ToArray().Sum());
        Assert.Equal([Tiny.Order.PlaceOf(Tiny.Shape.Pad), Tiny.Order.PlaceOf(11)], step.Batch.Integers(MarianNetwork.Target)[..2].ToArray());
        Assert.Equal([Tiny.Order.PlaceOf(11), Tiny.Order.PlaceOf(MarianShape.End)], step.Batch.Integers(MarianNetwork.Label)[..2].ToArray());
        Assert.Equal(3, step.Batch.Floats(MarianNetwork.CrossMask)[..Tiny.Length].ToArray().Count(value => value == 0));
        Assert.Equal(1, step.Batch.Floats(MarianNetwork.TargetMask)[..Tiny.Length].ToArray().Count(value => value == 0));
        Assert.Equal(2, step.Batch.Floats(MarianNetwork.TargetMask).Slice(Tiny.Length, Tiny.Length).ToArray().Count(value => value == 0));
    }
}
