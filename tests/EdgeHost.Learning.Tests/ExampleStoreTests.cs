using EdgeHost.Learning.Examples;
using static EdgeHost.Learning.Tests.LearningBench;

namespace EdgeHost.Learning.Tests;

public sealed class ExampleStoreTests : IDisposable
{
    private readonly LearningBench _bench = new(static options =>
    {
        options.MaxAppExamples = 40;
        options.MaxAppBytes = 128 << 10;
        options.MaxAppDatasets = 3;
        options.UpkeepBatch = 7;
    });

    public void Dispose() => _bench.Dispose();

    [Fact]
    public async Task CountLabels_HasAllOfThem()
    {
        using var bench = new LearningBench();
        await bench.ConsentAsync();
        await bench.Examples.RecordAsync(App, Texts(), [.. Enumerable.Range(0, 300).Select(static i => Text($"text {i}", $"label {i % 150}")), Text("none")]);

        var counts = await bench.Examples.CountLabelsAsync(App, "mails");

        Assert.Equal(150, counts.Count);
        Assert.All(counts, static count => Assert.Equal(2, count.Examples));
    }

    [Fact]
    public async Task Record_WithoutConsent_SaysHowTheOwnerGrants()
    {
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(Text("hello")));

        Assert.Equal(ErrorCode.PermissionDenied, error.Code);
        Assert.Contains("edgehost training consent mail spam-filter grant", error.Message, StringComparison.Ordinal);
        Assert.Empty(await _bench.Examples.ListAsync(App));
    }

    [Fact]
    public async Task Record_OfEqualContents_KeepsOneWithTheLabelGivenLast()
    {
        await _bench.ConsentAsync();

        var first = await RecordAsync(Text("buy now"), Text("buy now"), Text("see you at noon", "ham"));
        var second = await RecordAsync(Text("buy now", "spam"), Text("see you at noon"), Text("see you at noon", "ham"));
        _bench.Reopen();

        Assert.Equal((2, 1, 0), (first.Accepted, first.Duplicates, first.Relabelled));
        Assert.Equal((0, 2, 1), (second.Accepted, second.Duplicates, second.Relabelled));
        var dataset = Assert.Single(await _bench.Examples.ListAsync(App));
        Assert.Equal((2, 0), (dataset.Train + dataset.Validation + dataset.Test, dataset.Unlabelled));
        Assert.Equal([new LabelCount("ham", 1), new LabelCount("spam", 1)], dataset.Labels);
        Assert.Equal(["buy now", "see you at noon"], (await _bench.Examples.ReadAsync(App, "mails")).Select(TextOf));
    }

    [Fact]
    public async Task Examples_AreSeenByTheirAppAlone()
    {
        await _bench.ConsentAsync();
        await RecordAsync(Text("secret"));

        Assert.Empty(await _bench.Examples.ListAsync(OtherApp));
        Assert.Empty(await _bench.Examples.ListAsync(App with { UserId = 1001 }));
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(() => _bench.Examples.ReadAsync(OtherApp, "mails"))).Code);
    }

    [Fact]
    public async Task Read_GivesPagesInOrder_OfASplit()
    {
        await _bench.ConsentAsync();
        for (var i = 0; i < 30; i++) await RecordAsync(Text($"mail {i}"));

        var all = new List<StoredExample>();
        while (await _bench.Examples.ReadAsync(App, "mails", after: all.LastOrDefault()?.Id ?? 0, count: 7) is { Count: > 0 } page) all.AddRange(page);
        var train = await _bench.Examples.ReadAsync(App, "mails", ExampleSplit.Train);

        Assert.Equal(Enumerable.Range(0, 30).Select(static i => $"mail {i}"), all.Select(TextOf));
        Assert.Equal(all.Where(static example => example.Split == ExampleSplit.Train).Select(static example => example.Id), train.Select(static example => example.Id));
    }

    [Fact]
    public async Task Quotas_Exceeded_KeepNothingOfTheCall()
    {
        await _bench.ConsentAsync();
        await RecordAsync([.. Enumerable.Range(0, 39).Select(static i => Text($"mail {i}"))]);

        var count = await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(Text("a"), Text("b")));
        await RecordAsync(Text("last"));
        await _bench.Examples.DeleteAsync(App, "mails");
        var bytes = await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(Images("one"), Bytes(1, 70_000), Bytes(2, 70_000)));

        Assert.Equal((ErrorCode.ResourceExhausted, ErrorCode.ResourceExhausted), (count.Code, bytes.Code));
        Assert.Contains("40 are allowed", count.Message, StringComparison.Ordinal);
        Assert.Contains($"{128 << 10} are allowed", bytes.Message, StringComparison.Ordinal);
        Assert.Equal(default, await _bench.Examples.UsageAsync(App));
        Assert.Empty(_bench.BlobFiles);
    }

    [Fact]
    public async Task Quota_ExceededByAFileThatIsThere_LeavesItToItsExample()
    {
        await _bench.ConsentAsync();
        await RecordAsync(Images("one"), Bytes(1, 70_000));

        await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(Images("two"), Bytes(1, 70_000), Bytes(2, 70_000)));

        Assert.Single(_bench.BlobFiles);
        Assert.Single(await _bench.Examples.ReadAsync(App, "one"));
    }

    [Fact]
    public async Task LargeContents_AreOneFileForEqualOnes_UntilTheLastIsDeleted()
    {
        await _bench.ConsentAsync();
        await RecordAsync(Images("one"), Bytes(1, 50_000), Bytes(2, 50_000));
        var second = await RecordAsync(Images("two"), Bytes(1, 50_000));

        Assert.Equal((3, 100_000), (second.Examples, second.Bytes));
        Assert.Equal(2, _bench.BlobFiles.Count());
        await _bench.Examples.DeleteAsync(App, "one");
        Assert.Single(_bench.BlobFiles);
        Assert.Equal(Bytes(1, 50_000).Content.ToArray(), Assert.Single(await _bench.Examples.ReadAsync(App, "two")).Content.ToArray());
        await _bench.Examples.DeleteAsync(App);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_bench.BlobFolder));
    }

    [Fact]
    public async Task Content_AlteredOnTheDisk_IsNotGiven()
    {
        await _bench.ConsentAsync();
        await RecordAsync(Images("one"), Bytes(1, 50_000));
        await File.WriteAllTextAsync(_bench.BlobFiles.Single(), "other");

        Assert.Equal(ErrorCode.DataLoss, (await Assert.ThrowsAsync<EdgeHostException>(() => _bench.Examples.ReadAsync(App, "one"))).Code);
        await RecordAsync(Images("two"), Bytes(1, 50_000));
        Assert.Single(await _bench.Examples.ReadAsync(App, "one"));
    }

    [Fact]
    public async Task Delete_Everything_LeavesNothingOfTheAppInAnyFile()
    {
        await _bench.ConsentAsync();
        await _bench.ConsentAsync(OtherApp);
        await _bench.Examples.RecordAsync(OtherApp, Texts(), [Text("remains-of-the-other")]);
        await RecordAsync([.. Enumerable.Range(0, 30).Select(static i => Text($"private-word-{i}", "label-of-it", "group-of-it"))]);

        var result = await _bench.Examples.DeleteAsync(App);

        Assert.Equal((30, 1), (result.Examples, result.Datasets.Count));
        Assert.Empty(await _bench.Examples.ListAsync(App));
        Assert.Single(await _bench.Examples.ListAsync(OtherApp));
        _bench.Database.Dispose();
        foreach (var file in Directory.EnumerateFiles(_bench.Options.Value.Folder, "*", SearchOption.AllDirectories))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file));
            Assert.DoesNotContain("private-word", text, StringComparison.Ordinal);
            Assert.DoesNotContain("label-of-it", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Dataset_MadeInAnotherWay_IsRefused()
    {
        await _bench.ConsentAsync();
        await _bench.ConsentAsync(purpose: "ads");
        await RecordAsync(Text("hello"));

        foreach (var other in new[]
        {
            Texts() with { Kind = ExampleKind.Image },
            Texts() with { Purpose = "ads" },
            Texts() with { TestShare = 0.3 },
            Texts() with { ValidationShare = 0.2 },
            Texts() with { Retention = TimeSpan.FromDays(1) },
        })
        {
            Assert.Equal(ErrorCode.FailedPrecondition, (await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(other, Text("x")))).Code);
        }

        await RecordAsync(Texts("second"), Text("x"));
        await RecordAsync(Texts("third"), Text("x"));
        Assert.Equal(ErrorCode.ResourceExhausted, (await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(Texts("fourth"), Text("x")))).Code);
    }

    public static TheoryData<string> WrongRecordings => ["none", "empty", "text", "vector", "nan", "label", "name", "share", "retention", "interaction", "many"];

    [Theory]
    [MemberData(nameof(WrongRecordings))]
    public async Task Record_OfSomethingWrong_IsRefused(string what)
    {
        await _bench.ConsentAsync();
        var vector = Texts() with { Kind = ExampleKind.Features };
        var (spec, drafts) = what switch
        {
            "none" => (Texts(), Array.Empty<ExampleDraft>()),
            "empty" => (Texts(), [Text(string.Empty)]),
            "text" => (Texts(), [new ExampleDraft { Content = new byte[] { 0xff, 0xfe } }]),
            "vector" => (vector, [new ExampleDraft { Content = new byte[7] }]),
            "nan" => (vector, [new ExampleDraft { Content = BitConverter.GetBytes(float.NaN) }]),
            "label" => (Texts(), [Text("x", new string('l', 257))]),
            "name" => (Texts("No Name"), [Text("x")]),
            "share" => (Texts() with { TestShare = 0.6 }, [Text("x")]),
            "retention" => (Texts() with { Retention = TimeSpan.FromDays(366) }, [Text("x")]),
            "interaction" => (Texts() with { Kind = ExampleKind.Interaction }, [new ExampleDraft { Content = new byte[20] }]),
            _ => (Texts(), [.. Enumerable.Range(0, 1001).Select(static i => Text($"{i}"))]),
        };

        Assert.Equal(ErrorCode.InvalidArgument, (await Assert.ThrowsAsync<EdgeHostException>(() => RecordAsync(spec, drafts))).Code);
        Assert.Equal(default, await _bench.Examples.UsageAsync(App));
    }

    [Fact]
    public async Task Interactions_AreReadAsTheyWereRecorded()
    {
        await _bench.ConsentAsync();
        var interaction = new Interaction("anna", "film-7", 4.5, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        await RecordAsync(Texts("views") with { Kind = ExampleKind.Interaction }, new ExampleDraft { Content = interaction.Encode(), Time = interaction.Time });

        var stored = Assert.Single(await _bench.Examples.ReadAsync(App, "views"));

        Assert.Equal(interaction, Interaction.Decode(stored.Content.Span));
        Assert.Equal(interaction.Time, stored.Time);
    }

    private static DatasetSpec Images(string name) => new() { Name = name, Purpose = Purpose, Kind = ExampleKind.Image };

    private static string TextOf(StoredExample example) => System.Text.Encoding.UTF8.GetString(example.Content.Span);

    private Task<RecordResult> RecordAsync(params ExampleDraft[] drafts) => RecordAsync(Texts(), drafts);

    private Task<RecordResult> RecordAsync(DatasetSpec spec, params ExampleDraft[] drafts) => _bench.Examples.RecordAsync(App, spec, drafts);
}
