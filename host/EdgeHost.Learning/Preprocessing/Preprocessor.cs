using System.Buffers.Binary;
using System.Text;
using EdgeHost.Learning.Examples;

namespace EdgeHost.Learning.Preprocessing;

/// <summary>Applies a specification to contents. Deterministic, as far as decoder and featuriser are. Thread-safe.</summary>
public sealed class Preprocessor
{
    private readonly PreprocessingSpec _spec;
    private readonly ExampleKind _kind;
    private readonly IPictureDecoder? _decoder;
    private readonly IFeaturiser? _featuriser;
    private readonly (int Width, int Height) _scaled;

    /// <summary>Creates one.</summary>
    /// <param name="spec">The steps.</param>
    /// <param name="kind">What the contents are.</param>
    /// <param name="decoder">Needed for images; null where there are none.</param>
    /// <param name="featuriser">Needed for <see cref="PreprocessingStepKind.Featurise"/>; null where no step asks for it.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the specification does not fit; <see cref="ErrorCode.FailedPrecondition"/>: it needs what is not there.</exception>
    public Preprocessor(PreprocessingSpec spec, ExampleKind kind, IPictureDecoder? decoder = null, IFeaturiser? featuriser = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        spec.Check(kind);
        if (kind == ExampleKind.Image && decoder is null) throw Missing("a decoder of pictures");
        if (featuriser is null && spec.Steps.Any(static step => step.Kind == PreprocessingStepKind.Featurise)) throw Missing("an engine for models");
        (_spec, _kind, _decoder, _featuriser) = (spec, kind, decoder, featuriser);

        // What a picture is scaled to before anything looks at its details.
        if (spec.Steps.FirstOrDefault(static step => step.Kind != PreprocessingStepKind.Grey) is { Kind: PreprocessingStepKind.Resize } resize) _scaled = (resize.Width, resize.Height);
    }

    /// <summary>The specification.</summary>
    public PreprocessingSpec Spec => _spec;

    /// <summary>Makes the vector of a content.</summary>
    /// <param name="content">The content of an example.</param>
    /// <param name="cancellationToken">Stops decoding and featurising.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: the content cannot be decoded; or what the featuriser throws.</exception>
    public async ValueTask<float[]> ApplyAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var sample = await BeginAsync(content, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < _spec.Steps.Count; i++)
        {
            var step = _spec.Steps[i];
            sample = step.Kind == PreprocessingStepKind.Featurise
                ? Of(await _featuriser!.FeaturiseAsync(new FeatureRequest(i, step, sample), cancellationToken).ConfigureAwait(false))
                : Apply(step, sample);
        }

        return sample.Vector!;
    }

    private async ValueTask<PreparedSample> BeginAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => _kind switch
    {
        ExampleKind.Text => new PreparedSample(Encoding.UTF8.GetString(content.Span), null, default, null),
        ExampleKind.Image => new PreparedSample(null, await _decoder!.DecodeAsync(content, _scaled.Width, _scaled.Height, cancellationToken).ConfigureAwait(false), default, null),
        ExampleKind.Audio => new PreparedSample(null, null, content, null),
        _ => Of(ToFloats(content.Span)),
    };

    private PreparedSample Apply(PreprocessingStep step, PreparedSample sample) => step.Kind switch
    {
        PreprocessingStepKind.NormaliseText => sample with { Text = PlainText.Of(sample.Text!) },
        PreprocessingStepKind.HashCharacters => Of(TextHashing.Characters(sample.Text!, step, _spec.Seed)),
        PreprocessingStepKind.HashWords => Of(TextHashing.Words(sample.Text!, step, _spec.Seed)),
        PreprocessingStepKind.Resize => sample with { Picture = PicturePixels.Scale(sample.Picture!, step.Width, step.Height), IsScaled = true },
        PreprocessingStepKind.Grey => sample with { Picture = PicturePixels.ToGrey(sample.Picture!) },
        PreprocessingStepKind.Pixels => Of(PicturePixels.ToVector(sample.Picture!, step.Layout)),
        PreprocessingStepKind.Standardise => Of(Array.ConvertAll(sample.Vector!, value => (value - step.Mean) / step.Deviation)),
        _ => Of(UnitLength(sample.Vector!)),
    };

    private static float[] UnitLength(float[] vector)
    {
        var length = Math.Sqrt(vector.Sum(static value => (double)value * value));
        return length > 0 ? Array.ConvertAll(vector, value => (float)(value / length)) : vector;
    }

    private static float[] ToFloats(ReadOnlySpan<byte> content)
    {
        var values = new float[content.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++) values[i] = BinaryPrimitives.ReadSingleLittleEndian(content[(i * sizeof(float))..]);
        return values;
    }

    private static PreparedSample Of(float[] vector) => new(null, null, default, vector);

    private static EdgeHostException Missing(string what) => new(ErrorCode.FailedPrecondition, $"The preprocessing needs {what}, which is not there.");
}
