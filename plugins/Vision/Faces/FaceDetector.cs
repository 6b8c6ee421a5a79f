using System.Numerics;
using EdgeHost.Capabilities.Vision;
using EdgeHost.Plugins.Vision.Geometry;
using EdgeHost.Plugins.Vision.Imaging;
using EdgeHost.Plugins.Vision.Inputs;
using EdgeHost.PluginSdk;

namespace EdgeHost.Plugins.Vision.Faces;

/// <summary>
/// Finds faces with BlazeFace: float32 [1, S, S, 3] RGB, -1 to 1, the picture centred on black in; 896 anchors with logits and boxes out, S = 256
/// for far and 128 for near faces. Thread-safe.
/// </summary>
internal sealed class FaceDetector(PictureDecoder decoder, FaceOptions options, PixelMemoryPool pool)
{
    public const string FarModelId = "face-back";
    public const string NearModelId = "face-front";

    // No face can be told in fewer pixels than this.
    private const int MinSide = 6;

    // Detail kept when a large JPEG is decoded at a fraction of its size: four pixels for one of the input.
    private const int UsefulDetail = 4;

    // The networks tell faces from other things best on directly sampled pixels (measured); beyond eight to one those are too few.
    private const int DirectSampling = 8;
    private const string InputName = "input:0";

    private static readonly string[] OutputNames = ["Identity:0", "Identity_1:0", "Identity_2:0", "Identity_3:0"];

    /// <summary>What the six landmarks are, in order; right and left are the person's own.</summary>
    public static IReadOnlyList<string> LandmarkNames { get; } = ["right_eye", "left_eye", "nose_tip", "mouth_center", "right_ear", "left_ear"];

    /// <summary>Finds the faces of a picture, the surest first.</summary>
    /// <param name="encoded">The file's bytes.</param>
    /// <param name="range">How far to look: near takes the small network, all else the large one.</param>
    /// <param name="minConfidence">Least confidence, 0 to 1; null for the network's own threshold.</param>
    /// <param name="models">Where the model comes from.</param>
    /// <param name="cancellationToken">Stops between stages and inside the run of the model.</param>
    /// <exception cref="EdgeHostException">As <see cref="PictureDecoder.DecodeAsync"/>, <see cref="IModelProvider.LeaseAsync"/> and <see cref="IModelLease.RunAsync"/> say.</exception>
    public async ValueTask<FaceDetection> DetectAsync(
        ReadOnlyMemory<byte> encoded, FaceRange range, float? minConfidence, IModelProvider models, CancellationToken cancellationToken)
    {
        var (model, size, ownThreshold) = range == FaceRange.Near
            ? (NearModelId, 128, options.NearThreshold)
            : (FarModelId, 256, options.FarThreshold);
        var threshold = minConfidence ?? ownThreshold;
        using var picture = await decoder.DecodeAsync(encoded, UsefulDetail * size, cancellationToken).ConfigureAwait(false);
        if (Math.Min(picture.Width, picture.Height) < MinSide) return new FaceDetection([], picture.Width, picture.Height, null);

        using var lease = await models.LeaseAsync(model, cancellationToken).ConfigureAwait(false);
        using var input = lease.CreateValue(ElementType.Float32, new TensorShape(1, size, size, 3));
        var recipe = new InputRecipe { Fit = PictureFit.Centred, Scales = ChannelScales.Symmetric, AverageBeyond = DirectSampling };
        var box = PictureTensor.Write(picture.Pixels, recipe, new InputForm(size, size, false), input, pool);
        cancellationToken.ThrowIfCancellationRequested();
        var step = new ModelStep { Inputs = [new NamedValue(InputName, input)], Outputs = OutputNames, MayRunOnCallingThread = true };
        using var result = await lease.RunAsync(step, cancellationToken).ConfigureAwait(false);

        var candidates = new List<FaceCandidate>();
        BlazeFaceDecoder.Decode(result[0].AsSpan<float>(), result[2].AsSpan<float>(), 16, 2, size, threshold, candidates);
        BlazeFaceDecoder.Decode(result[1].AsSpan<float>(), result[3].AsSpan<float>(), 8, 6, size, threshold, candidates);
        var faces = BlazeFaceDecoder.Merge(candidates)
            .ConvertAll(face => Place(face, size, box, picture))
            .FindAll(static face => face.TopLeft.X < face.BottomRight.X && face.TopLeft.Y < face.BottomRight.Y);
        return new FaceDetection(faces, picture.Width, picture.Height, lease.Model);
    }

    // What the networks give is relative to the square input.
    private static DetectedFace Place(FaceCandidate face, int size, Letterbox box, DecodedPicture picture)
    {
        var landmarks = new Vector2[6];
        for (var i = 0; i < landmarks.Length; i++) landmarks[i] = ToFull(new Vector2(face.Coordinates[4 + (2 * i)], face.Coordinates[5 + (2 * i)]));
        var found = new Bounds(ToFull(face.Box.TopLeft), ToFull(face.Box.BottomRight)).ClampedTo(picture.Size);
        return new DetectedFace(face.Score, found.TopLeft, found.BottomRight, landmarks);

        Vector2 ToFull(Vector2 place) => picture.ToFull(box.ToPicture(place * size));
    }
}
