using System.Numerics.Tensors;
using EdgeHost.Plugins.Speech.Tests.Keywords;
using EdgeHost.Plugins.Vision.Taught;
using EdgeHost.Plugins.Vision.Taught.Heads;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Plugins.Vision.Tests.Taught;

public sealed class TaughtTests : IDisposable
{
    private const int Width = 40;
    private static readonly AppIdentity App = new("kitchen", 1000, 1);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Judge_NearAClass_IsIt_FarFromAll_IsUnknown()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var judge = new TaughtJudge(Make(seed, "cup", "dog"));
            var random = new Random(seed + 1000);

            Assert.Equal("cup", judge.Judge(Near(0, random))[0].Label);
            Assert.Equal("dog", judge.Judge(Near(1, random))[0].Label);
            var far = judge.Judge(Near(7, random));
            Assert.Equal("unknown", far[0].Label);
            Assert.Equal(1, far.Sum(static entry => entry.Confidence), 1e-4);
        }
    }

    [Fact]
    public void Judge_OfOnePicture_KnowsItAlready()
    {
        var random = new Random(5);
        var one = Make(1, "cup") with { Examples = [new TaughtExample("cup", [Near(0, random)])] };

        Assert.Equal("cup", new TaughtJudge(one).Judge(Near(0, random))[0].Label);
        Assert.Equal("unknown", new TaughtJudge(one).Judge(Near(3, random))[0].Label);
    }

    [Fact]
    public void Store_OutlivesTheHost_AndIsTheAppsAlone()
    {
        var made = Make(1, "cup", "dog");
        var head = new LinearHead(made.Labels, new float[2 * Width], [1, 2]);
        Open().Change(App, "mine", _ => made);
        var kept = Open().Change(App, "mine", before => before! with { Head = head, Accuracy = 0.9 })!;

        var found = Assert.Single(Open().List(App));
        Assert.Equal(("mine", "1.0.0-local.2", 0.9), (found.Name, found.Version, found.Accuracy));
        Assert.Equal(kept.Labels, found.Labels);
        Assert.Equal(head.Bias, found.Head!.Bias);
        Assert.Equal(made.Examples[0].Views[0][0], found.Examples[0].Views[0][0], 1e-3f);
        Assert.Empty(Open().List(App with { Name = "garage" }));
        Assert.Empty(Open().List(App with { UserId = 1001 }));
    }

    [Fact]
    public void Forget_TheLastClass_TakesTheClassifierWithIt()
    {
        var store = Open();
        store.Change(App, "mine", _ => Make(1, "cup", "dog"));

        Assert.False(store.Forget(App, "mine", "cat"));
        Assert.True(store.Forget(App, "mine", "cup"));
        Assert.Equal(["dog"], store.Find(App, "mine")!.Labels);
        Assert.True(store.Forget(App, "mine", "dog"));
        Assert.Null(store.Find(App, "mine"));
        Assert.False(store.Forget(App, "../mine", null));
    }

    [Fact]
    public void Store_Full_RefusesWithWhatToDo()
    {
        var store = Open(new TeachingOptions { MaxClassifiers = 1, MaxLabels = 2, MaxExamples = 10 });
        store.Change(App, "mine", _ => Make(1, "cup", "dog"));

        foreach (var (name, made) in new[] { ("other", Make(1, "cup")), ("mine", Make(1, "cup", "dog", "cat")) })
        {
            var error = Assert.Throws<EdgeHostException>(() => store.Change(App, name, _ => made));
            Assert.Equal(ErrorCode.ResourceExhausted, error.Code);
            Assert.Contains("teaching:max_", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["cup", "dog"], store.Find(App, "mine")!.Labels);
    }

    [Fact]
    public void File_CutOffOrChanged_IsLeftOut()
    {
        var file = TaughtClassifierFile.Write(Make(1, "cup", "dog"));
        Assert.NotNull(TaughtClassifierFile.TryRead("mine", file));
        for (var length = 0; length < file.Length; length += 97) Assert.Null(TaughtClassifierFile.TryRead("mine", file.AsSpan(0, length)));
        for (var place = 0; place < file.Length; place += 101)
        {
            file[place] ^= 1;
            Assert.Null(TaughtClassifierFile.TryRead("mine", file));
            file[place] ^= 1;
        }
    }

    [Fact]
    public async Task Train_TwoClasses_ServesAndIsRight()
    {
        var made = Make(3, "cup", "dog");
        Assert.True(HeadTrainer.IsReady(made));
        Assert.False(HeadTrainer.IsReady(Make(3, "cup")));

        var (head, accuracy) = await HeadTrainer.TrainAsync(made, new DirectTrainer(), CancellationToken.None);

        Assert.Equal(1, accuracy);
        var judge = new TaughtJudge(made with { Head = head });
        Assert.Equal("dog", judge.Judge(Near(1, new Random(9)))[0].Label);
        Assert.Equal("unknown", judge.Judge(Near(6, new Random(9)))[0].Label);
    }

    private TaughtClassifiers Open(TeachingOptions? options = null) => new(new Storage(_folder.Path), options ?? new TeachingOptions(), NullLogger<TaughtClassifiers>.Instance);

    private static TaughtClassifier Make(int seed, params string[] labels)
    {
        var random = new Random(seed);
        return new TaughtClassifier
        {
            Name = "mine",
            Number = 0,
            Encoder = "encoder@1.0.0",
            Examples = [.. labels.Index().SelectMany(entry => Enumerable.Range(0, 4).Select(_ => new TaughtExample(entry.Item, [Near(entry.Index, random), Near(entry.Index, random)])))],
        };
    }

    // Vectors of length 1. Those of a class share a direction of their own; the rest of each is noise.
    private static float[] Near(int direction, Random random)
    {
        var vector = new float[Width];
        for (var i = 0; i < Width; i++) vector[i] = (i % 10 == direction ? 1 : 0) + (0.3f * ((random.NextSingle() * 2) - 1));
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm(vector), vector);
        return vector;
    }

    private sealed class Storage(string folder) : IPluginStorage
    {
        public string DataFolder => folder;
    }
}
