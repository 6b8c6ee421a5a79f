using System.Numerics;
using EdgeHost.Plugins.Vision.Geometry;

namespace EdgeHost.Plugins.Vision.Tracking;

/// <summary>Where a box is and where it goes: a constant-velocity Kalman filter of its centre, width over height, and height, with the noise of ByteTrack's published filter, which is a share of the height. Not thread-safe.</summary>
internal sealed class BoxMotion
{
    private const double PositionShare = 1.0 / 20;
    private const double VelocityShare = 1.0 / 160;
    private const double ShapeDeviation = 0.01;
    private const double ShapeRateDeviation = 1e-5;
    private const double MeasuredShapeDeviation = 0.1;
    private const double LeastSide = 1e-3;

    private MotionAxis _x;
    private MotionAxis _y;
    private MotionAxis _shape;
    private MotionAxis _height;

    public BoxMotion(Bounds box)
    {
        var height = Math.Max(box.Size.Y, LeastSide);
        var (position, velocity) = (2 * PositionShare * height, 10 * VelocityShare * height);
        _x = new MotionAxis(box.Center.X, position, velocity);
        _y = new MotionAxis(box.Center.Y, position, velocity);
        _shape = new MotionAxis(box.Size.X / height, ShapeDeviation, ShapeRateDeviation);
        _height = new MotionAxis(height, position, velocity);
    }

    /// <summary>The estimate.</summary>
    public Bounds Box
    {
        get
        {
            var height = Math.Max(_height.Value, LeastSide);
            var width = Math.Max(_shape.Value * height, LeastSide);
            return Bounds.Around(new Vector2((float)_x.Value, (float)_y.Value), new Vector2((float)width, (float)height));
        }
    }

    /// <summary>Takes the box on.</summary>
    /// <param name="frames">By how many frames.</param>
    /// <param name="isSeen">Whether it was found in the last frame; one that was not keeps its size.</param>
    public void Predict(double frames, bool isSeen)
    {
        if (!isSeen) _height.Stop();
        var height = Math.Max(_height.Value, LeastSide);
        var (position, velocity) = (PositionShare * height, VelocityShare * height);
        _x.Predict(frames, position, velocity);
        _y.Predict(frames, position, velocity);
        _shape.Predict(frames, ShapeDeviation, ShapeRateDeviation);
        _height.Predict(frames, position, velocity);
    }

    /// <summary>Corrects it by where it was found.</summary>
    public void Correct(Bounds box)
    {
        var height = Math.Max(box.Size.Y, LeastSide);
        var deviation = PositionShare * Math.Max(_height.Value, LeastSide);
        _x.Correct(box.Center.X, deviation);
        _y.Correct(box.Center.Y, deviation);
        _shape.Correct(box.Size.X / height, MeasuredShapeDeviation);
        _height.Correct(height, deviation);
    }
}
