using System.Text;
using EdgeHost.Learning.Examples;
using EdgeHost.Learning.Preprocessing;
using static EdgeHost.Learning.Tests.LearningBench;

namespace EdgeHost.Learning.Tests;

public sealed class PreprocessingTests : IDisposable
{
    private static readonly PreprocessingSpec Hashing = new()
    {
        Seed = 3,
        Steps =
        [
            new(PreprocessingStepKind.NormaliseText),
            new(PreprocessingStepKind.HashCharacters) { Minimum = 2, Maximum = 4, Size = 64 },
            new(PreprocessingStepKind.UnitLength),
        ],
    };

    private readonly LearningBench _bench = new(static options => options.MaxCacheBytes = 10 * 64 * sizeof(float));

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task Hashing_IsTheSameEverywhere_AndFollowsTheSeed()
    {
        var one = await ApplyAsync(Hashing, "See you at noon, 你好!");
        var again = await ApplyAsync(PreprocessingSpec.FromJson(Hashing.ToJson()), "see YOU at noon -- 你好");
        var other = await ApplyAsync(Hashing with { Seed = 4 }, "See you at noon, 你好!");

        Assert.Equal(one, again);
        Assert.NotEqual(one, other);
        Assert.Equal(1, one.Sum(static value => value * value), 5);
        Assert.Equal(Hashing.Hash(), PreprocessingSpec.FromJson(Hashing.ToJson()).Hash());
        Assert.NotEqual(Hashing.Hash(), (Hashing with { Seed = 4 }).Hash());
    }

    [Fact]
    public async Task Words_AreCountedInPairs()
    {
        var spec = new PreprocessingSpec { Steps = [new(PreprocessingStepKind.HashWords) { Minimum = 2, Maximum = 2, Size = 1 << 20 }] };

        var vector = await ApplyAsync(spec, "a b a b a");

        Assert.Equal([2f, 2f], vector.Select(Math.Abs).Where(static value => value > 0));
    }

    [Fact]
    public async Task Pictures_AreScaledByArea()
    {
        // Two grey columns of 0 and 90 in one pixel and a half each, and back.
        var decoder = new FixedDecoder(new Picture(3, 2, 1, new byte[] { 0, 60, 90, 0, 60, 90 }));
        var spec = new PreprocessingSpec
        {
            Steps =
            [
                new(PreprocessingStepKind.Resize) { Width = 2, Height = 1 },
                new(PreprocessingStepKind.Pixels),
                new(PreprocessingStepKind.Standardise) { Mean = 0.5f, Deviation = 0.25f },
            ],
        };

        var vector = await new Preprocessor(spec, ExampleKind.Image, decoder).ApplyAsync(new byte[] { 1 });

        Assert.Equal([((20 / 255f) - 0.5f) / 0.25f, ((80 / 255f) - 0.5f) / 0.25f], vector);
        Assert.Equal((2, 1), decoder.Least);
    }

    [Fact]
    public async Task Pixels_ComeRowByRow_OrChannelByChannel_OrInGrey()
    {
        var decoder = new FixedDecoder(new Picture(2, 1, 3, new byte[] { 255, 0, 51, 0, 255, 102 }));

        var rows = await PixelsAsync("""{"steps":[{"kind":"pixels"}]}""");
        Assert.Equal((0, 0), decoder.Least);
        var planes = await PixelsAsync("""{"steps":[{"kind":"pixels","layout":"planes"}]}""");
        var grey = await PixelsAsync("""{"steps":[{"kind":"grey"},{"kind":"pixels","layout":"planes"}]}""");
        Assert.Equal([1, 0, 0.2f, 0, 1, 0.4f], rows);
        Assert.Equal([1, 0, 0, 1, 0.2f, 0.4f], planes);
        Assert.Equal([82 / 255f, 161 / 255f], grey);
        await PixelsAsync("""{"steps":[{"kind":"grey"},{"kind":"resize","width":1,"height":1},{"kind":"pixels"}]}""");
        Assert.Equal((1, 1), decoder.Least);

        async Task<float[]> PixelsAsync(string json) => await new Preprocessor(PreprocessingSpec.FromJson(json), ExampleKind.Image, decoder).ApplyAsync(new byte[] { 1 });
    }

    [Fact]
    public async Task Pictures_ScaledToTheirOwnSize_OrUpAndDownAgain_AreTheSame()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var random = new Random(seed);
            var pixels = new byte[7 * 5 * 3];
            random.NextBytes(pixels);
            var picture = new Picture(7, 5, 3, pixels);

            Assert.Equal(pixels, PictureScaling.Scale(picture, 7, 5).Pixels.ToArray());
            Assert.Equal(pixels, PictureScaling.Scale(PictureScaling.Scale(picture, 21, 10), 7, 5).Pixels.ToArray());
        }

        await Task.CompletedTask;
    }

    [Fact]
    public async Task Featurising_RunsTheNamedModelOverWhatIsThere()
    {
        var spec = new PreprocessingSpec { Steps = [new(PreprocessingStepKind.Featurise) { Model = "embed@1.0.0" }, new(PreprocessingStepKind.UnitLength)] };

        var vector = await new Preprocessor(spec, ExampleKind.Text, featuriser: new LengthFeaturiser()).ApplyAsync(Encoding.UTF8.GetBytes("four"));

        Assert.Equal([0.8f, 0.6f], vector);
        Assert.Equal(ErrorCode.FailedPrecondition, Assert.Throws<EdgeHostException>(() => new Preprocessor(spec, ExampleKind.Text)).Code);
    }

    public static TheoryData<string, string> WrongSpecs => new()
    {
        { """{"steps":[]}""", "end with a text" },
        { """{"steps":[{"kind":"resize","width":2,"height":2}]}""", "takes a picture, but gets a text" },
        { """{"steps":[{"kind":"hash_words","minimum":3,"maximum":2}]}""", "pieces of 3 to 2" },
        { """{"steps":[{"kind":"hash_words","size":1}]}""", "size of 1" },
        { """{"steps":[{"kind":"featurise"}]}""", "no model" },
        { """{"steps":[{"kind":"featurise","model":"embed"}]}""", "'embed' without a version" },
        { """{"steps":[{"kind":"featurise","model":"embed@"}]}""", "without a version" },
        { """{"steps":[{"kind":"featurise","model":"embed@1","pool":"most"}]}""", "steps[0].pool" },
        { """{"steps":[{"kind":"hash_words"},{"kind":"standardise","deviation":0}]}""", "deviation" },
        { """{"steps":[{"kind":"sharpen"}]}""", "steps[0].kind" },
        { """{"steps":[{"kind":"hash_words","sise":3}]}""", "sise" },
        { """{"seed":1}""", "steps" },
        { """{"steps":[{"size":3}]}""", "kind" },
        { "null", "null" },
    };

    [Theory]
    [MemberData(nameof(WrongSpecs))]
    public void Spec_ThatDoesNotFit_SaysWhere(string json, string expected)
    {
        var error = Assert.Throws<EdgeHostException>(() => PreprocessingSpec.FromJson(json).Check(ExampleKind.Text));

        Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Vectors_AreMadeOnce_WithinTheBound_AndGoWithTheirExamples()
    {
        await _bench.ConsentAsync();
        await _bench.Examples.RecordAsync(App, Texts(), [.. Enumerable.Range(0, 8).Select(static i => Text($"mail {i}"))]);
        var examples = await _bench.Examples.ReadAsync(App, "mails");
        var featuriser = new CountingFeaturiser();
        var spec = new PreprocessingSpec { Steps = [new(PreprocessingStepKind.Featurise) { Model = "embed@1.0.0" }] };
        var preprocessor = new Preprocessor(spec, ExampleKind.Text, featuriser: featuriser);
        var prepared = new PreparedExamples(_bench.Database, _bench.Options, _bench.Time);

        var first = await prepared.PrepareAsync(examples, preprocessor);
        _bench.Reopen();
        prepared = new PreparedExamples(_bench.Database, _bench.Options, _bench.Time);
        var second = await prepared.PrepareAsync(examples, preprocessor);

        Assert.Equal(8, featuriser.Runs);
        Assert.Equal(first, second);
        Assert.Equal(8 * 64 * sizeof(float), await prepared.BytesAsync(default));

        _bench.Time.Advance(TimeSpan.FromSeconds(1));
        await prepared.PrepareAsync([.. examples.Take(4)], new Preprocessor(spec with { Seed = 1 }, ExampleKind.Text, featuriser: featuriser));
        Assert.Equal(10 * 64 * sizeof(float), await prepared.BytesAsync(default));
        await _bench.Examples.DeleteAsync(App);
        Assert.Equal(0, await prepared.BytesAsync(default));
    }

    private static async Task<float[]> ApplyAsync(PreprocessingSpec spec, string text)
        => await new Preprocessor(spec, ExampleKind.Text).ApplyAsync(Encoding.UTF8.GetBytes(text));

    private sealed class FixedDecoder(Picture picture) : IPictureDecoder
    {
        public (int Width, int Height) Least { get; private set; }

        public ValueTask<Picture> DecodeAsync(ReadOnlyMemory<byte> file, int leastWidth, int leastHeight, CancellationToken cancellationToken)
        {
            Least = (leastWidth, leastHeight);
            return new(picture);
        }
    }

    private sealed class LengthFeaturiser : IFeaturiser
    {
        public ValueTask<float[]> FeaturiseAsync(FeatureRequest request, CancellationToken cancellationToken) => new([request.Sample.Text!.Length, 3f]);
    }

    private sealed class CountingFeaturiser : IFeaturiser
    {
        public int Runs { get; private set; }

        public ValueTask<float[]> FeaturiseAsync(FeatureRequest request, CancellationToken cancellationToken)
        {
            Runs++;
            return new(Enumerable.Repeat((float)request.Sample.Text![^1], 64).ToArray());
        }
    }
}
