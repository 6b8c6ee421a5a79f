using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Objects;

namespace EdgeHost.Plugins.Vision.Tests.Objects;

public class OverlapSuppressionTests
{
    [Fact]
    public void Keep_OverlappingBoxesOfOneClass_KeepsTheSurest()
    {
        // 100 wide each, shifted by 20: 80 of 120 are shared.
        var kept = OverlapSuppression.Keep([At(0, 0, 0.5f), At(20, 0, 0.9f), At(200, 0, 0.4f)], 0.5f, 100);

        Assert.Equal([At(20, 0, 0.9f), At(200, 0, 0.4f)], kept);
    }

    [Fact]
    public void Keep_OverlappingBoxesOfTwoClasses_KeepsBoth()
        => Assert.Equal(2, OverlapSuppression.Keep([At(0, 0, 0.5f), At(0, 1, 0.9f)], 0.5f, 100).Count);

    [Fact]
    public void Keep_OverlapAtTheLimit_KeepsBoth()
        => Assert.Equal(2, OverlapSuppression.Keep([At(0, 0, 0.5f), At(20, 0, 0.9f)], 2f / 3, 100).Count);

    [Fact]
    public void Keep_WithoutALimit_KeepsAllUpToTheirNumber()
    {
        Assert.Equal(3, OverlapSuppression.Keep([At(0, 0, 0.5f), At(0, 0, 0.9f), At(0, 0, 0.7f)], null, 100).Count);
        Assert.Equal([0.9f, 0.7f], OverlapSuppression.Keep([At(0, 0, 0.5f), At(0, 0, 0.9f), At(0, 0, 0.7f)], null, 2).Select(static box => box.Score));
    }

    [Fact]
    public void Keep_ManyBoxes_LeavesNoTwoOfAClassThatOverlap()
    {
        var random = new Random(3);
        for (var run = 0; run < 50; run++)
        {
            var boxes = Enumerable.Range(0, 200).Select(_ => At(random.Next(300), random.Next(3), random.NextSingle())).ToList();

            var kept = OverlapSuppression.Keep(boxes, 0.45f, 1000);

            Assert.Equal(kept.OrderByDescending(static box => box.Score), kept);
            Assert.All(kept, box => Assert.DoesNotContain(kept, other => other != box && other.Class == box.Class && Bounds.Overlap(other.Box, box.Box) > 0.45f));
            Assert.All(boxes, box => Assert.Contains(kept, other => other.Class == box.Class && other.Score >= box.Score && (other == box || Bounds.Overlap(other.Box, box.Box) > 0.45f)));
        }
    }

    private static ObjectCandidate At(float x, int number, float score) => new(new Bounds(new Vector2(x, 0), new Vector2(x + 100, 50)), number, score);
}
