using EdgeHost.Deployment.Versions;
using EdgeHost.TestKit;

namespace EdgeHost.Deployment.Tests;

public class VersionStoreTests
{
    private static readonly VersionScope Mail = new("mail", 1000);

    [Fact]
    public async Task Add_KeepsFilesLineageAndNumber()
    {
        await using var fixture = new DeploymentFixture();
        const string Lineage = """{"data":{"hash":"abc","train":90},"seed":7,"metrics":{"accuracy":0.9}}""";

        var first = await fixture.AddAsync(VersionState.Stored, lineage: Lineage);
        var second = await fixture.AddAsync(VersionState.Stored, Mail);

        Assert.Equal(("1.0.0-local.1", "1.0.0-local.2"), (first.Version, second.Version));
        Assert.Equal(("1.0.0", "1.0.0", VersionState.Stored), (first.Base, first.Parent, first.State));
        var read = await fixture.ReadAsync(first);
        Assert.Equal(Lineage, read.Lineage);
        Assert.True(File.Exists(Path.Combine(fixture.FilesFolder, read.Folder, "model.onnx")));
        Assert.Equal([VersionState.Stored], (await fixture.Store.HistoryAsync("m", VersionScope.Device, 10, default)).Select(static entry => entry.To));
    }

    [Fact]
    public async Task Add_FirstOfAnAppsOwnModel_ServesAtOnce_TheNextIsTried()
    {
        await using var fixture = new DeploymentFixture();

        var first = await fixture.AddAsync(scope: Mail, model: "mail/spam");
        var second = await fixture.AddAsync(scope: Mail, model: "mail/spam");

        Assert.Equal(("1.0.0-local.1", VersionState.Current, (string?)null), (first.Version, first.State, first.Base));
        Assert.Equal((VersionState.Shadow, first.Version), (second.State, second.Parent));
        Assert.Equal(first.Version, await fixture.CallAsync("mail", "mail/spam"));
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.CallAsync("other", "mail/spam"));
        Assert.Equal(ErrorCode.NotFound, error.Code);
    }

    [Fact]
    public async Task Forget_AnApp_DeletesItsVersionsAndNobodyElses()
    {
        await using var fixture = new DeploymentFixture();
        var own = await fixture.AddAsync(scope: Mail, model: "mail/spam");
        await fixture.AddAsync(VersionState.Current, scope: Mail);
        var others = await fixture.AddAsync(scope: new VersionScope("mail", 1001), model: "mail/spam");
        await fixture.CallAsync("mail", "mail/spam");

        Assert.Equal(2, await fixture.Control.ForgetAsync(Mail, default));

        Assert.Empty(await fixture.Store.ListAsync(model: null, Mail, default));
        Assert.Empty(await fixture.Store.HistoryAsync(model: null, Mail, 10, default));
        Assert.Equal(others.Version, Assert.Single(await fixture.Store.ListAsync(model: null, scope: null, default)).Version);
        Assert.Single(Directory.GetDirectories(fixture.FilesFolder));
        Assert.Equal(ErrorCode.NotFound, (await Assert.ThrowsAsync<EdgeHostException>(() => fixture.CallAsync("mail", "mail/spam"))).Code);
        Assert.Equal("1.0.0", await fixture.CallAsync("mail"));
        Assert.Equal(0, await fixture.Control.ForgetAsync(Mail, default));

        // Numbers are not given twice, so that nothing that was said of a version that is gone falls on another.
        Assert.NotEqual(own.Version, (await fixture.AddAsync(scope: Mail, model: "mail/spam")).Version);
    }

    [Theory]
    [InlineData("other/spam", ErrorCode.InvalidArgument)]
    [InlineData("mail/", ErrorCode.InvalidArgument)]
    [InlineData("Spam", ErrorCode.InvalidArgument)]
    [InlineData("../etc", ErrorCode.InvalidArgument)]
    [InlineData("unknown", ErrorCode.NotFound)]
    public async Task Add_OfAWrongName_IsRefused(string model, ErrorCode code)
    {
        await using var fixture = new DeploymentFixture();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.AddAsync(scope: Mail, model: model));

        Assert.Equal(code, error.Code);
    }

    [Theory]
    [InlineData("z", "y", ElementType.Float32, 1)]
    [InlineData("x", "z", ElementType.Float32, 1)]
    [InlineData("x", "y", ElementType.Int64, 1)]
    [InlineData("x", "y", ElementType.Float32, 2)]
    public async Task Add_OfAnotherSignature_IsRefusedWithBoth(string input, string output, ElementType type, int rank)
    {
        await using var fixture = new DeploymentFixture();

        var error = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.AddAsync(graph: DeploymentFixture.Graph(input, output, type, rank)));

        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("x float32[1] → y float32[1]", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{input} {type.ToString().ToLowerInvariant()}[{rank}]", error.Message, StringComparison.Ordinal);
        Assert.Empty(await fixture.Store.ListAsync(null, null, default));
    }

    [Fact]
    public async Task Add_OfBadInput_IsTypedAndLeavesNothing()
    {
        await using var fixture = new DeploymentFixture();
        var nested = fixture.Draft();
        Directory.CreateDirectory(Path.Combine(nested, "more"));
        var empty = fixture.Draft();
        File.Delete(Path.Combine(empty, "model.onnx"));
        NewVersion[] bad =
        [
            new() { Model = "m", Scope = VersionScope.Device, Folder = nested },
            new() { Model = "m", Scope = VersionScope.Device, Folder = empty },
            new() { Model = "m", Scope = VersionScope.Device, Folder = Path.Combine(nested, "nowhere") },
            new() { Model = "m", Scope = VersionScope.Device, Folder = fixture.Draft([1, 2, 3]) },
            new() { Model = "m", Scope = VersionScope.Device, Folder = fixture.Draft(), Lineage = "[1]" },
            new() { Model = "m", Scope = VersionScope.Device, Folder = fixture.Draft(), Lineage = "{" },
            new() { Model = "m", Scope = VersionScope.Device, Folder = fixture.Draft(), Start = VersionState.Retired },
            new() { Model = "m", Scope = VersionScope.Device, Folder = fixture.Draft(), Gate = new() { MaxErrorRate = 2 } },
        ];

        foreach (var version in bad)
        {
            var error = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.Store.AddAsync(version, default));
            Assert.Equal(ErrorCode.InvalidArgument, error.Code);
        }

        Assert.False(Directory.Exists(fixture.FilesFolder) && Directory.EnumerateFileSystemEntries(fixture.FilesFolder).Any());
    }

    [Fact]
    public async Task Add_BeyondALimit_NamesBothFigures()
    {
        await using var fixture = new DeploymentFixture(options =>
        {
            options.MaxAppVersions = 2;
            options.MaxAppBytes = 1 << 20;
            options.MaxVersionBytes = 1 << 20;
        });
        await fixture.AddAsync(VersionState.Stored, Mail);

        var tooLarge = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.Store.AddAsync(
            new NewVersion { Model = "m", Scope = Mail, Folder = fixture.Draft(null, ("more", new byte[1 << 20])), Start = VersionState.Stored }, default));
        var noQuota = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.Store.AddAsync(
            new NewVersion { Model = "m", Scope = Mail, Folder = fixture.Draft(null, ("more", new byte[(1 << 20) - DeploymentFixture.Graph().Length])), Start = VersionState.Stored }, default));
        fixture.Space.Free = 1000;
        var noDisk = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.AddAsync(VersionState.Stored, Mail));
        fixture.Space.Free = null;
        await fixture.AddAsync(VersionState.Stored, Mail);
        var tooMany = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.AddAsync(VersionState.Stored, Mail));
        await fixture.AddAsync(VersionState.Stored, new VersionScope("other", 1000));

        Assert.All([tooLarge, noQuota, noDisk, tooMany], static error => Assert.Equal(ErrorCode.ResourceExhausted, error.Code));
        Assert.Contains("MaxVersionBytes", tooLarge.Message, StringComparison.Ordinal);
        Assert.Contains("1,048,576", noQuota.Message, StringComparison.Ordinal);
        Assert.Contains("1,000", noDisk.Message, StringComparison.Ordinal);
        Assert.Contains("the limit is 2", tooMany.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clean_KeepsTheLastBesidesTheCurrent_AndTheOneToGoBackTo()
    {
        await using var fixture = new DeploymentFixture(static options => options.KeptVersions = 2);
        var versions = new List<ModelVersion>();
        for (var i = 0; i < 6; i++)
        {
            fixture.Time.Advance(TimeSpan.FromMinutes(1));
            versions.Add(await fixture.PromoteAsync(await fixture.AddAsync(VersionState.Stored)));
        }

        await fixture.Store.CleanAsync(default);

        var kept = (await fixture.Store.ListAsync("m", null, default)).Where(static version => version.HasFiles).Select(static version => version.Version);
        Assert.Equal(["1.0.0-local.6", "1.0.0-local.5", "1.0.0-local.4"], kept);
        Assert.Equal(3, Directory.EnumerateDirectories(fixture.FilesFolder).Count());
        Assert.Equal(6, (await fixture.Store.ListAsync("m", null, default)).Count);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => fixture.PromoteAsync(versions[0]));
        Assert.Equal(ErrorCode.FailedPrecondition, error.Code);
        Assert.Contains("have been removed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clean_RemovesOldFoldersThatNobodyKnows_NotYoungOnes()
    {
        await using var fixture = new DeploymentFixture();
        await fixture.AddAsync();
        var orphan = Directory.CreateDirectory(Path.Combine(fixture.FilesFolder, "orphan.new")).FullName;
        Directory.SetLastWriteTimeUtc(orphan, fixture.Time.GetUtcNow().UtcDateTime);

        Assert.Equal(0, await fixture.Store.CleanAsync(default));
        fixture.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal(1, await fixture.Store.CleanAsync(default));

        Assert.False(Directory.Exists(orphan));
        Assert.Single(await fixture.Store.ListAsync("m", null, default), static version => version.HasFiles);
    }

    [Fact]
    public async Task Records_AreReadByTheNextHost_AndTrialsGoOn()
    {
        using var folder = new TempFolder();
        ModelVersion added;
        await using (var first = new DeploymentFixture(folder: folder))
        {
            added = await first.AddAsync();
            await first.ShadowAsync(5);
            await first.Judge.SaveAsync(default);
        }

        await using var second = new DeploymentFixture(folder: folder);
        await second.CallAsync();

        var trial = second.Trials.Of(await second.ReadAsync(added));
        Assert.Equal(5, trial!.Shadow.Record.Compared);
        Assert.Equal(6, trial.Other.Record.Calls);
    }
}
