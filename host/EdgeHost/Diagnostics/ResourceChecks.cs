using System.Globalization;
using EdgeHost.Disks;

namespace EdgeHost.Host.Diagnostics;

/// <summary>Free memory and disk.</summary>
internal static class ResourceChecks
{
    // The vision models with their run-time buffers need about 400 MB; below that a first call is likely to be refused.
    private const long WantedMemoryBytes = 512L << 20;

    // The models of the first-party plugins take about 40 MB on disk, and a pull needs the package beside them.
    private const long WantedDiskBytes = 256L << 20;

    public static DoctorCheck Memory()
    {
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - GC.GetGCMemoryInfo().MemoryLoadBytes;
        var finding = $"{Mebibytes(available)} MiB free of {Mebibytes(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)} MiB";
        return available >= WantedMemoryBytes
            ? new DoctorCheck("memory", DoctorStatus.Ok, finding)
            : new DoctorCheck("memory", DoctorStatus.Warning, finding, $"Close other programs: {Mebibytes(WantedMemoryBytes)} MiB are wanted for the vision models.");
    }

    public static DoctorCheck Disk(string home)
    {
        if (new DriveSpace().AvailableBytes(home) is not { } free) return new DoctorCheck("disk", DoctorStatus.Warning, $"nothing is known of the free space for {home}", "See with df how much is free.");
        var finding = $"{Mebibytes(free)} MiB free for {home}";
        return free >= WantedDiskBytes
            ? new DoctorCheck("disk", DoctorStatus.Ok, finding)
            : new DoctorCheck("disk", DoctorStatus.Broken, finding, "Free some space, or move the home folder with EDGEHOST_HOME.");
    }

    private static string Mebibytes(long bytes) => (bytes >> 20).ToString("N0", CultureInfo.InvariantCulture);
}
