using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Objects;

namespace EdgeHost.Plugins.Vision.Tests.Objects;

/// <summary>Made-up outputs with answers computed by hand.</summary>
public class ObjectDecoderTests
{
    [Fact]
    public void CenterNet_Rows_BecomeBoxesAboveTheThreshold()
    {
        var found = new List<ObjectCandidate>();

        CenterNetDecoder.Decode(
            [
                10, 20, 110, 220, 0.8f, 16,
                10, 20, 110, 220, 0.2f, 16, // unsure
                30, 20, 10, 220, 0.9f, 16, // the wrong way round
                10, 20, 110, 220, float.NaN, 16,
                10, 20, 110, 220, 0.9f, 80, // no such class
            ],
            0.35f,
            found);

        Assert.Equal(new ObjectCandidate(new Bounds(new Vector2(10, 20), new Vector2(110, 220)), 16, 0.8f), Assert.Single(found));
    }

    [Fact]
    public void Yolox_OneCell_IsDecodedFromItsGrid()
    {
        // 32 x 32 pixels: 16 cells of 8, 4 of 16, one of 32; two classes.
        var rows = new float[21 * 7];
        void Put(int row, params ReadOnlySpan<float> values) => values.CopyTo(rows.AsSpan(row * 7));
        Put(6, 0.5f, 0.5f, MathF.Log(2), MathF.Log(1), 0.9f, 0.1f, 0.8f); // stride 8, column 2, row 1
        Put(20, 0.5f, 0.5f, 0, 0, 0.5f, 1, 0); // stride 32
        Put(17, 0, 0, 0, 0, 0.9f, 0.2f, 0.3f); // unsure of the class
        var found = new List<ObjectCandidate>();

        YoloxDecoder.Decode(rows, 2, 32, 32, 0.3f, found);

        Assert.Equal(2, found.Count);
        AssertNear(new ObjectCandidate(new Bounds(new Vector2(12, 8), new Vector2(28, 16)), 1, 0.72f), found[0]);
        AssertNear(new ObjectCandidate(new Bounds(new Vector2(0, 0), new Vector2(32, 32)), 0, 0.5f), found[1]);
    }

    [Fact]
    public void Query_WithNothing_LeavesOutWhatIsMostlyNothing()
    {
        Func<float, float> ln = MathF.Log;
        var found = new List<ObjectCandidate>();

        new QueryDecoder(hasNothing: true).Decode(
            [ln(8), ln(1), ln(1), ln(1), ln(1), ln(8)], [0.5f, 0.5f, 0.2f, 0.4f, 0.5f, 0.5f, 0.2f, 0.4f], 2, new Vector2(100, 200), 0.5f, found);

        AssertNear(new ObjectCandidate(new Bounds(new Vector2(40, 60), new Vector2(60, 140)), 0, 0.8f), Assert.Single(found));
    }

    [Fact]
    public void Query_WithoutNothing_TakesEachClassByItself()
    {
        var found = new List<ObjectCandidate>();

        new QueryDecoder(hasNothing: false).Decode([-9, 0], [0.5f, 0.5f, 1, 1], 2, new Vector2(10, 10), 0.5f, found);

        AssertNear(new ObjectCandidate(new Bounds(Vector2.Zero, new Vector2(10, 10)), 1, 0.5f), Assert.Single(found));
    }

    [Fact]
    public void CocoLabels_Always_AreEightyDifferentOnes() => Assert.Equal(80, CocoLabels.Names.Distinct().Count());

    private static void AssertNear(ObjectCandidate expected, ObjectCandidate actual)
    {
        Assert.Equal(expected.Class, actual.Class);
        Assert.Equal(expected.Score, actual.Score, 4);
        Assert.True(Vector2.Distance(expected.Box.TopLeft, actual.Box.TopLeft) < 0.001f && Vector2.Distance(expected.Box.BottomRight, actual.Box.BottomRight) < 0.001f, $"{actual}");
    }
}
