using EdgeHost.Plugins.Speech.Keywords.Hearing;
using EdgeHost.Plugins.Speech.Keywords.Personal;
using EdgeHost.PluginSdk;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Plugins.Speech.Tests.Keywords;

public sealed class PersonalKeywordsTests : IDisposable
{
    private static readonly AppIdentity App = new("kitchen", 1000, 1);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TaughtKeywordOutlivesTheHostAndIsTheAppsAlone()
    {
        Open().Keep(App, Keyword("gate", 0.6f));
        var kept = Open().Keep(App, Keyword("gate", 0.7f));
        Assert.Equal("1.0.0-local.2", kept.Version);
        var found = Open().Find(App, "gate")!;
        Assert.Equal((0.7f, 2), (found.Threshold, found.Number));
        Assert.Equal(kept.Head.Hidden, found.Head.Hidden);
        Assert.Equal(["gate"], Open().List(App).Select(keyword => keyword.Keyword));
        Assert.Empty(Open().List(App with { Name = "garage" }));
        Assert.Empty(Open().List(App with { UserId = 1001 }));
        Assert.Null(Open().Find(App with { Name = "garage" }, "gate"));
    }

    [Fact]
    public void ForgottenIsForgotten()
    {
        Open().Keep(App, Keyword("gate", 0.6f));
        Assert.False(Open().Forget(App with { Name = "garage" }, "gate"));
        Assert.True(Open().Forget(App, "gate"));
        Assert.False(Open().Forget(App, "gate"));
        Assert.Null(Open().Find(App, "gate"));
        Assert.False(Open().Forget(App, "../gate"));
    }

    [Fact]
    public void DamagedIsLeftOut()
    {
        Open().Keep(App, Keyword("gate", 0.6f));
        var path = Assert.Single(Directory.GetFiles(_folder.Path, "*.ehk", SearchOption.AllDirectories));
        var bytes = File.ReadAllBytes(path);
        for (var length = 0; length < bytes.Length; length += 997)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Empty(Open().List(App));
        }

        bytes[100] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Null(Open().Find(App, "gate"));
    }

    [Fact]
    public void OfTooManyTheLastIsRefused()
    {
        for (var i = 0; i < PersonalKeywords.MostOfAnApp; i++) Open().Keep(App, Keyword($"word-{i}", 0.5f));
        Assert.Equal(ErrorCode.ResourceExhausted, Assert.Throws<EdgeHostException>(() => Open().Keep(App, Keyword("one-more", 0.5f))).Code);
        Open().Keep(App, Keyword("word-3", 0.5f));
    }

    [Fact]
    public void ScoreIsThatOfTheFormula()
    {
        var keyword = Keyword("gate", 0.5f);
        float[] vectors = [.. Enumerable.Range(0, keyword.Head.Inputs).Select(i => (float)Math.Sin(i))];
        var sum = (double)keyword.Head.OutputBias;
        for (var unit = 0; unit < keyword.Head.Output.Length; unit++)
        {
            var value = (double)keyword.Head.HiddenBias[unit];
            for (var i = 0; i < vectors.Length; i++)
            {
                value += (vectors[i] - keyword.Head.Mean[i % KeywordFeatures.Width]) * keyword.Head.Scale[i % KeywordFeatures.Width] * keyword.Head.Hidden[(unit * vectors.Length) + i];
            }

            sum += Math.Max(0, value) * keyword.Head.Output[unit];
        }

        Assert.Equal(1 / (1 + Math.Exp(-sum)), new HeadRun(keyword.Head).Score(vectors), 1e-4);
    }

    private static PersonalKeyword Keyword(string name, float threshold)
    {
        const int window = 6, width = 4;
        var random = new Random(7);
        return new PersonalKeyword
        {
            Keyword = name,
            Number = 1,
            Threshold = threshold,
            Head = new HeadParameters
            {
                Window = window,
                Mean = Some(KeywordFeatures.Width),
                Scale = Some(KeywordFeatures.Width),
                Hidden = Some(width * window * KeywordFeatures.Width),
                HiddenBias = Some(width),
                Output = Some(width),
                OutputBias = 0.25f,
            },
        };

        float[] Some(int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * 0.2f)];
    }

    private PersonalKeywords Open() => new(new Storage(_folder.Path), NullLogger<PersonalKeywords>.Instance);

    private sealed record Storage(string DataFolder) : IPluginStorage;
}
