using System.Numerics;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.Plugins.Vision.Models;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Poses;

/// <summary>
/// Finds the points of one person's body with MoveNet: int32 RGB of 0 to 255, the picture centred on black, in; [1, 1, 17, 3] of y, x as shares of the input, and confidence, out. Thread-safe.
/// </summary>
internal sealed class PoseEstimator(PictureModels pictures)
{
    /// <summary>The models.</summary>
    public static readonly PictureTask<PictureFamily> Task = new("pose-estimation", "pose-movenet", [new("movenet", new InputRecipe { Fit = PictureFit.Centred })]);

    // Below it the network guesses where a point would be, such as legs that the picture does not show (measured: up to 0.1 for those).
    private const float Threshold = 0.3f;

    // Patterns without a person have points of up to 0.5 now and then, but not several (measured on pictures without people).
    private const float SureThreshold = 0.5f;
    private const int FewestSurePoints = 3;

    private const int Columns = 3;

    /// <summary>Finds them.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="minConfidence">Least confidence of a point, 0 to 1; null: the model's threshold, and only where at least three points are sure that there is a person.</param>
    /// <param name="model">The model; null: the best one.</param>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops between stages and inside the run of the model.</param>
    /// <exception cref="EdgeHostException">As <see cref="PictureModels.ShowAsync"/> says.</exception>
    public async ValueTask<PoseResult> EstimateAsync(ReadOnlyMemory<byte> encoded, float? minConfidence, string? model, IModelProvider models, CancellationToken cancellationToken)
    {
        var (answer, _) = await pictures.ShowAsync(encoded, Task, model, models, cancellationToken).ConfigureAwait(false);
        using (answer)
        {
            var rows = answer.Floats(0);
            if (rows.Length != BodyPoints.Names.Count * Columns) throw answer.Unexpected("[1, 1, 17, 3]");
            var threshold = minConfidence ?? new ModelProperties(answer.Model).Number("threshold", 0, 1) ?? Threshold;
            var points = Read(rows, threshold, new Vector2(answer.Form.Width, answer.Form.Height), place => Vector2.Clamp(answer.ToFull(place), Vector2.Zero, answer.Size));
            return new PoseResult(minConfidence is not null || IsPerson(points) ? points : [], answer.Size, answer.ModelName);
        }
    }

    /// <summary>Whether points are those of a person rather than of a pattern.</summary>
    internal static bool IsPerson(IReadOnlyCollection<BodyPoint> points) => points.Count(static point => point.Confidence >= SureThreshold) >= FewestSurePoints;

    /// <summary>Reads the points out of the network's rows.</summary>
    internal static List<BodyPoint> Read(ReadOnlySpan<float> rows, float threshold, Vector2 size, Func<Vector2, Vector2> map)
    {
        var points = new List<BodyPoint>();
        for (var i = 0; i < BodyPoints.Names.Count; i++)
        {
            var row = rows.Slice(i * Columns, Columns);
            if (row[2] >= threshold) points.Add(new BodyPoint(BodyPoints.Names[i], map(new Vector2(row[1], row[0]) * size), MathF.Min(row[2], 1)));
        }

        return points;
    }
}
