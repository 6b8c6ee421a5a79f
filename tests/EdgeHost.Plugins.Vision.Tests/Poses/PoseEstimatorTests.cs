using System.Numerics;
using EdgeHost.Plugins.Vision.Poses;

namespace EdgeHost.Plugins.Vision.Tests.Poses;

public class PoseEstimatorTests
{
    [Fact]
    public void Read_Rows_BecomeNamedPointsAboveTheThreshold()
    {
        var rows = new float[17 * 3];
        ReadOnlySpan<float> nose = [0.25f, 0.5f, 0.9f]; // y, x, confidence
        ReadOnlySpan<float> ankle = [1, 0, 0.4f];
        nose.CopyTo(rows);
        ankle.CopyTo(rows.AsSpan(16 * 3));
        rows[5] = float.NaN;

        var points = PoseEstimator.Read(rows, 0.3f, new Vector2(192, 192), static place => place * 2);

        Assert.Equal([new BodyPoint("nose", new Vector2(192, 96), 0.9f), new BodyPoint("right_ankle", new Vector2(0, 384), 0.4f)], points);
    }

    [Theory]
    [InlineData(true, 0.6f, 0.55f, 0.5f, 0.3f)]
    [InlineData(false, 0.6f, 0.55f, 0.49f, 0.4f)]
    [InlineData(false, 0.48f, 0.48f, 0.47f, 0.46f)]
    public void IsPerson_ThreeSurePoints_AreAPerson(bool isPerson, params float[] confidences)
        => Assert.Equal(isPerson, PoseEstimator.IsPerson([.. confidences.Select(static confidence => new BodyPoint("nose", Vector2.Zero, confidence))]));
}
