using EdgeHost.Deployment.Storage;
using EdgeHost.Deployment.Versions;
using EdgeHost.Storage.Databases;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHost.Deployment.Tests;

/// <summary>A failure at each step of each write leaves what was before, or what is after.</summary>
public class FaultTests
{
    private const int NoSpace = 28;

    [Fact]
    public async Task DiskFull_AtAnyWrite_LeavesTheOldStateOrTheNewOne()
    {
        var names = new HashSet<string>();
        var fault = 0;
        for (var isOver = false; !isOver; fault++)
        {
            using var folder = new TempFolder();
            var (writes, failures, isRemoval) = (0, new List<EdgeHostException>(), false);
            string? served;
            await using (var fixture = new DeploymentFixture(static options => options.KeptVersions = 0, folder))
            {
                var first = await fixture.PromoteAsync(await fixture.AddAsync());
                served = first.Version;
                var failing = fault;
                fixture.Store.AtWrite = name =>
                {
                    names.Add(name.Split(' ')[0]);
                    if (writes++ != failing) return;
                    isRemoval = name == "remove";
                    throw new IOException("No space left on device", NoSpace);
                };

                // Add, promote, add, shadow, take back, clean: whatever fails, what follows goes on.
                var second = await TryAsync(() => fixture.AddAsync(VersionState.Stored));
                if (second is not null && await TryAsync(() => fixture.PromoteAsync(second)) is { } promoted) served = promoted.Version;
                Assert.Equal(served, await fixture.CallAsync());
                var third = await TryAsync(() => fixture.AddAsync());
                if (third is not null && await TryAsync(() => fixture.Control.TakeBackAsync(third, VersionActor.Owner, "test", null, default)) is null) Assert.Equal(served, await fixture.CallAsync());
                await TryAsync(async () => (object)await fixture.Store.CleanAsync(default));
                Assert.Equal(served, await fixture.CallAsync());
                isOver = writes <= failing;

                async Task<T?> TryAsync<T>(Func<Task<T>> work)
                    where T : class?
                {
                    try
                    {
                        return await work();
                    }
                    catch (EdgeHostException e)
                    {
                        failures.Add(e);
                        return null;
                    }
                }
            }

            Assert.All(failures, static error => Assert.Equal((ErrorCode.ResourceExhausted, true), (error.Code, error.Message.Contains("disk is full", StringComparison.Ordinal))));

            // Files that cannot be removed fail nobody: they go later.
            Assert.Equal(isOver || isRemoval ? 0 : 1, failures.Count);
            await using var next = new DeploymentFixture(static options => options.KeptVersions = 0, folder);
            Assert.Equal(served, await next.CallAsync());
            var all = await next.Store.ListAsync("m", null, default);
            Assert.Single(all, static version => version.State == VersionState.Current);
            Assert.All(all.Where(static version => version.HasFiles), version => Assert.True(File.Exists(Path.Combine(next.FilesFolder, version.Folder, "model.onnx"))));
            Assert.Empty(Directory.EnumerateDirectories(next.FilesFolder, "*.new"));

            // What a failed removal left is found later.
            next.Time.Advance(TimeSpan.FromDays(1));
            await next.Store.CleanAsync(default);
            var kept = (await next.Store.ListAsync("m", null, default)).Where(static version => version.HasFiles).ToList();
            Assert.Equal(kept.Select(static version => version.Folder).Order(), Directory.EnumerateDirectories(next.FilesFolder).Select(static path => Path.GetFileName(path)).Order());
            Assert.All(kept, static version => Assert.True(version.State is VersionState.Current or VersionState.Shadow));
            Assert.Equal(served, await next.CallAsync());
        }

        Assert.Superset(new HashSet<string> { "copy", "rename", "renamed", "insert", "move", "commit", "remove" }, names);
        Assert.True(fault > 10, $"There were {fault} writes only.");
    }

    [Fact]
    public async Task History_IsNeverChanged()
    {
        using var folder = new TempFolder();
        await using (var fixture = new DeploymentFixture(folder: folder)) await fixture.AddAsync();

        using var database = new StoreDatabase(
            new StoreSpec
            {
                Folder = folder.Combine("deployment"),
                FileName = "versions.db",
                Schema = VersionSchema.Newest,
                Words = new StoreWords { Subject = "versions", Unchanged = "nothing", Damage = "nothing" },
            },
            TimeProvider.System,
            NullLogger.Instance);
        var error = await Assert.ThrowsAsync<EdgeHostException>(() => database.WriteAsync(static connection => connection.Execute("UPDATE event SET reason = 'another'"), default));

        Assert.Contains("history is not changed", error.InnerException?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_BeforeTheCommit_AddsNothing()
    {
        await using var fixture = new DeploymentFixture();
        using var stop = new CancellationTokenSource();
        fixture.Store.AtWrite = name =>
        {
            if (name == "insert") stop.Cancel();
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => fixture.Store.AddAsync(new NewVersion { Model = "m", Scope = VersionScope.Device, Folder = fixture.Draft() }, stop.Token));

        Assert.Empty(await fixture.Store.ListAsync(null, null, default));
        Assert.Empty(Directory.EnumerateDirectories(fixture.FilesFolder));
    }
}
