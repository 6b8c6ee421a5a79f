using System.Text.Json;
using EdgeHost.Security.Audit;
using EdgeHost.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EdgeHost.Security.Tests;

public sealed class AuditLogTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Write_Entries_AreLinesOfJsonForTheirOwnerAlone()
    {
        var path = await WriteAsync(new AppsOptions { AuditFolder = _folder.Combine("audit") }, 3);

        var lines = await File.ReadAllLinesAsync(path);
        Assert.Equal(["m0", "m1", "m2"], lines.Select(line => JsonDocument.Parse(line).RootElement.GetProperty("method").GetString()));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public async Task Write_FullFiles_MakeWayAndTheOldestGoes()
    {
        var options = new AppsOptions { AuditFolder = _folder.Combine("audit"), AuditFileBytes = 64 << 10, AuditFiles = 3 };

        for (var round = 0; round < 5; round++) await WriteAsync(options, 900);

        var files = Directory.GetFiles(options.AuditFolder!).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["audit.1.jsonl", "audit.2.jsonl", "audit.jsonl"], files);
        Assert.All(Directory.GetFiles(options.AuditFolder!), file => Assert.InRange(new FileInfo(file).Length, 1, options.AuditFileBytes));
    }

    [Fact]
    public async Task Write_FolderCannotBe_SaysSoAndGoesOn()
    {
        await File.WriteAllTextAsync(_folder.Combine("file"), string.Empty);
        var log = Create(new AppsOptions { AuditFolder = _folder.Combine("file/audit") });
        await log.StartAsync(CancellationToken.None);

        log.Write(new AuditEntry("denied", "app", 1, "m", null));
        await log.StopAsync(CancellationToken.None);

        Assert.Contains("cannot be written", log.Problem, StringComparison.Ordinal);
        await log.DisposeAsync();
    }

    private static async Task<string> WriteAsync(AppsOptions options, int entries)
    {
        var log = Create(options);
        await log.StartAsync(CancellationToken.None);
        for (var i = 0; i < entries; i++) log.Write(new AuditEntry("denied", "app", 1000, $"m{i}", null));
        await log.StopAsync(CancellationToken.None);
        await log.DisposeAsync();
        return Path.Combine(options.AuditFolder!, "audit.jsonl");
    }

    private static AuditLog Create(AppsOptions options) => new(Options.Create(options), TimeProvider.System, NullLogger<AuditLog>.Instance);
}
