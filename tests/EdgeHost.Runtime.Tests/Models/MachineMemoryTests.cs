using EdgeHost.Runtime.Models;

namespace EdgeHost.Runtime.Tests.Models;

public sealed class MachineMemoryTests
{
    private const string MemInfo = "MemTotal:        8000000 kB\nMemFree:         1000000 kB\n";

    [Fact]
    public void TotalBytes_NoCgroup_IsTheMachines() => Assert.Equal(8_000_000L * 1024, Read(("/proc/meminfo", MemInfo)));

    [Fact]
    public void TotalBytes_LimitsOnTheWayUp_TakesTheSmallest() => Assert.Equal(1_000_000, Read(
        ("/proc/meminfo", MemInfo),
        ("/proc/self/cgroup", "1:name=systemd:/\n0::/a/b\n"),
        ("/sys/fs/cgroup/a/b/memory.max", "max\n"),
        ("/sys/fs/cgroup/a/memory.max", "1000000\n"),
        ("/sys/fs/cgroup/memory.max", "2000000\n")));

    [Fact]
    public void TotalBytes_RootGroup_ReadsItsLimit() => Assert.Equal(5_000, Read(
        ("/proc/meminfo", MemInfo), ("/proc/self/cgroup", "0::/\n"), ("/sys/fs/cgroup/memory.max", "5000\n")));

    [Fact]
    public void TotalBytes_LimitAboveTheMachine_IsTheMachines() => Assert.Equal(8_000_000L * 1024, Read(
        ("/proc/meminfo", MemInfo), ("/proc/self/cgroup", "0::/\n"), ("/sys/fs/cgroup/memory.max", "9223372036854771712\n")));

    [Fact]
    public void TotalBytes_NothingReadable_StillGivesAFigure() => Assert.True(Read() > 0);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("MemTotal:", null)]
    [InlineData("MemTotal: kB", null)]
    [InlineData("MemTotal: -5 kB", null)]
    [InlineData("MemTotal: 5", null)]
    [InlineData("MemTotal: 5 MB", null)]
    [InlineData("MemTotal: 99999999999999999999999 kB", null)]
    [InlineData("MemTotal: 9223372036854775807 kB", null)]
    [InlineData("junk\0\n\nMemTotal:\t7 kB", 7168L)]
    public void ParseMemInfo_AnyText_IsReadOrNull(string? text, long? expected) => Assert.Equal(expected, MachineMemory.ParseMemInfo(text));

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("0::", null)]
    [InlineData("0::relative", null)]
    [InlineData("0::/../../etc", null)]
    [InlineData("4:memory:/old", null)]
    [InlineData("4:memory:/old\n0::/new/", "/new")]
    [InlineData("0::/", "")]
    public void ParseCgroupPath_AnyText_IsReadOrNull(string? text, string? expected) => Assert.Equal(expected, MachineMemory.ParseCgroupPath(text));

    [Theory]
    [InlineData(null, null)]
    [InlineData("max", null)]
    [InlineData("0", null)]
    [InlineData("-1", null)]
    [InlineData("1e9", null)]
    [InlineData("12 34", null)]
    [InlineData("99999999999999999999", null)]
    [InlineData(" 1234\n", 1234L)]
    public void ParseLimit_AnyText_IsReadOrNull(string? text, long? expected) => Assert.Equal(expected, MachineMemory.ParseLimit(text));

    private static long Read(params (string Path, string Text)[] files)
        => new MachineMemory(new RecordedFiles(files.ToDictionary(file => file.Path, file => file.Text))).TotalBytes;

    private sealed class RecordedFiles(Dictionary<string, string> files) : ISystemFiles
    {
        public string? TryReadText(string path) => files.GetValueOrDefault(path);
    }
}
