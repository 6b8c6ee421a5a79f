using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Tracking;

namespace EdgeHost.Plugins.Vision.Tests.Tracking;

/// <summary>Where a box is expected next.</summary>
public class BoxMotionTests
{
    // Worked out by hand: the first correction of a filter at rest has the gain P / (P + R) with P = (2σ)² + (10ω)² + σ² and R = σ², where σ and ω are a twentieth and a 160th of the height.
    [Fact]
    public void Correct_AfterOneFrame_HasTheGainOfTheFormula()
    {
        var motion = new BoxMotion(Rectangle(0, 0, 80, 160));
        motion.Predict(1, isSeen: true);
        motion.Correct(Rectangle(10, 0, 80, 160));

        var (p, r) = ((16.0 * 16) + (10.0 * 10) + (8 * 8), 8.0 * 8);
        Assert.Equal(10 * p / (p + r), motion.Box.TopLeft.X, 1e-3);
    }

    [Fact]
    public void Predict_AfterSteadyMotion_GoesOnWithIt()
    {
        var motion = new BoxMotion(Rectangle(0, 0, 50, 100));
        for (var frame = 1; frame <= 40; frame++)
        {
            motion.Predict(1, isSeen: true);
            motion.Correct(Rectangle(frame * 5, frame * -2, 50, 100));
        }

        motion.Predict(10, isSeen: true);
        Assert.InRange(motion.Box.TopLeft.X, 240, 260);
        Assert.InRange(motion.Box.TopLeft.Y, -110, -90);
    }

    [Fact]
    public void Predict_OfWhatIsOutOfSight_KeepsItsSize()
    {
        var motion = new BoxMotion(Rectangle(0, 0, 50, 100));
        for (var frame = 1; frame <= 20; frame++)
        {
            motion.Predict(1, isSeen: true);
            motion.Correct(Rectangle(0, 0, 50 + (frame * 5), 100 + (frame * 10)));
        }

        var height = motion.Box.Size.Y;
        motion.Predict(100, isSeen: false);
        Assert.Equal(height, motion.Box.Size.Y, 1e-3);
    }

    private static Bounds Rectangle(float x, float y, float width, float height) => new(new Vector2(x, y), new Vector2(x + width, y + height));
}
