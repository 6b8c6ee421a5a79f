using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Tracking;

namespace EdgeHost.Plugins.Vision.Tests.Tracking;

/// <summary>What keeps its number from frame to frame, and what must not.</summary>
public class ObjectTrackerTests
{
    private readonly ObjectTracker _tracker = new(new TrackingOptions());

    [Fact]
    public void MovingThing_KeepsItsNumber_AndGrowsOld()
    {
        for (var frame = 0; frame < 50; frame++)
        {
            var seen = Assert.Single(_tracker.Update(frame, [At(frame * 8, 100)]));
            Assert.Equal((1, frame), (seen.Track, seen.Age));
        }
    }

    [Fact]
    public void ThingsThatCross_KeepTheirNumbers()
    {
        IReadOnlyList<TrackedObservation> seen = [];
        for (var frame = 0; frame <= 60; frame++) seen = _tracker.Update(frame, [At(frame * 6, 100, height: 60), At(360 - (frame * 6), 112, height: 60)]);

        Assert.Equal([1, 2], seen.Select(static item => item.Track));
        Assert.Equal(360, seen[0].Found.Box.TopLeft.X);
        Assert.Equal(0, seen[1].Found.Box.TopLeft.X);
    }

    [Fact]
    public void HiddenThing_IsFoundAgain_WithinPatienceOnly()
    {
        for (var frame = 0; frame < 10; frame++) _tracker.Update(frame, [At(frame * 2, 100)]);
        Assert.Equal(1, Assert.Single(_tracker.Update(20, [At(40, 100)])).Track);

        Assert.Empty(_tracker.Update(60, [At(120, 100)]));
        Assert.Equal(2, Assert.Single(_tracker.Update(61, [At(122, 100)])).Track);
    }

    [Fact]
    public void HalfHiddenThing_IsKeptByUnsureFindings_WhichBeginNothing()
    {
        _tracker.Update(0, [At(0, 100)]);
        for (var frame = 1; frame < 10; frame++) Assert.Equal(1, Assert.Single(_tracker.Update(frame, [At(frame, 100, confidence: 0.2f), At(500, 100, confidence: 0.3f)])).Track);
    }

    [Fact]
    public void FlickerOfOneFrame_GetsNoNumber()
    {
        _tracker.Update(0, [At(0, 100)]);

        Assert.Single(_tracker.Update(1, [At(0, 100), At(300, 300)]));
        Assert.Single(_tracker.Update(2, [At(0, 100)]));
        Assert.Single(_tracker.Update(3, [At(0, 100), At(300, 300)]));
        Assert.Equal([1, 2], _tracker.Update(4, [At(0, 100), At(300, 300)]).Select(static item => item.Track));
    }

    [Fact]
    public void AnotherLabel_IsAnotherThing()
    {
        _tracker.Update(0, [At(0, 100)]);
        _tracker.Update(1, [At(0, 100, label: "cat")]);

        var seen = Assert.Single(_tracker.Update(2, [At(0, 100, label: "cat")]));
        Assert.Equal((2, "cat"), (seen.Track, seen.Found.Label));
    }

    [Fact]
    public void DroppedFrames_ArePredictedAcross()
    {
        for (var frame = 0; frame < 10; frame++) _tracker.Update(frame, [At(frame * 10, 100)]);

        Assert.Equal(1, Assert.Single(_tracker.Update(15, [At(150, 100)])).Track);
    }

    [Fact]
    public void Tracks_AreBounded()
    {
        var tracker = new ObjectTracker(new TrackingOptions { MaxTracks = 5 });

        Assert.Equal(5, tracker.Update(0, [.. Enumerable.Range(0, 20).Select(static i => At(i * 100, 100))]).Count);
    }

    [Fact]
    public void Frames_MustGoForwards()
    {
        _tracker.Update(3, []);

        Assert.Throws<ArgumentOutOfRangeException>(() => _tracker.Update(3, []));
    }

    [Fact]
    public void NoiseAndJumps_NeverGiveANumberTwice_OrAPlaceThatIsNone()
    {
        var random = new Random(3);
        for (var frame = 0; frame < 500; frame++)
        {
            var found = Enumerable.Range(0, random.Next(0, 12))
                .Select(_ => new Observation("x", random.NextSingle(), Rectangle(random.Next(-50, 600), random.Next(-50, 400), random.Next(0, 300), random.Next(0, 300))))
                .ToArray();

            var seen = _tracker.Update(frame * (1 + random.Next(1, 2)), found);

            Assert.Equal(seen.Count, seen.Select(static item => item.Track).Distinct().Count());
            Assert.All(seen, item => Assert.Contains(item.Found, found));
        }
    }

    private static Observation At(float x, float y, float confidence = 0.9f, string label = "dog", float height = 40) => new(label, confidence, Rectangle(x, y, 50, height));

    private static Bounds Rectangle(float x, float y, float width, float height) => new(new Vector2(x, y), new Vector2(x + width, y + height));
}
