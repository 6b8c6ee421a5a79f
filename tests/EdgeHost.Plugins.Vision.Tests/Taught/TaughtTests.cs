using EdgeHost.Plugins.Speech.Tests.Keywords;
using EdgeHost.Plugins.Vision.Taught;
using EdgeHost.Plugins.Vision.Taught.Heads;
using EdgeHost.TestKit;
using static EdgeHost.Plugins.Vision.Tests.Taught.TaughtThings;

namespace EdgeHost.Plugins.Vision.Tests.Taught;

public sealed class TaughtTests : IDisposable
{
    private static readonly AppIdentity App = new("kitchen", 1000, 1);
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
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
        var kept = Open().Change(App, "mine", before => before!.With(new HeadTrial(head, 0.9, null, 0.8), Now, 5))!;

        var found = Assert.Single(Open().List(App));
        Assert.Equal(("mine", "1.0.0-local.1", 0.9, 0.8), (found.Name, found.Version, found.Accuracy, found.MeansAccuracy));
        Assert.Equal(kept.Versions[0] with { Head = null }, found.Versions[0] with { Head = null });
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

        var trial = await HeadTrainer.TrainAsync(made, new DirectTrainer(), CancellationToken.None);

        Assert.Equal((1, null, 1), (trial.Accuracy, trial.ServingAccuracy, trial.MeansAccuracy));
        var judge = new TaughtJudge(made.With(trial, Now, 5));
        Assert.Equal("dog", judge.Judge(Near(1, new Random(9)))[0].Label);
        Assert.Equal("unknown", judge.Judge(Near(6, new Random(9)))[0].Label);
    }

    [Fact]
    public void Judge_OfAPictureThatWasTaught_IsWhatWasSaidOfIt()
    {
        var random = new Random(4);
        var odd = Near(0, random);
        var made = Make(1, "cup", "dog");
        made = made with { Examples = [.. made.Examples, new TaughtExample("dog", [odd])] };

        var found = new TaughtJudge(made).Judge(odd);

        Assert.Equal([("dog", 1f), ("cup", 0f), ("unknown", 0f)], found);
        Assert.Equal("cup", new TaughtJudge(made).Judge(Near(0, random))[0].Label);
    }

    private TaughtClassifiers Open(TeachingOptions? options = null) => OpenIn(_folder.Path, options);
}
