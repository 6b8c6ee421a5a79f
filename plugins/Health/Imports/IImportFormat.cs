using EdgeHost.Capabilities.Health;

namespace EdgeHost.Plugins.Health.Imports;

/// <summary>Reads one format of files.</summary>
internal interface IImportFormat
{
    /// <summary>Reads samples in the order of the file, a few at a time, so that a file of any length takes little memory.</summary>
    /// <param name="data">The file.</param>
    /// <param name="skipped">Told for each entry that is of a type that is not kept.</param>
    /// <exception cref="EdgeHostException"><see cref="ErrorCode.InvalidArgument"/>: it is no such file, or truncated; with the place.</exception>
    IEnumerable<HealthSample> Read(Stream data, Action skipped);
}
