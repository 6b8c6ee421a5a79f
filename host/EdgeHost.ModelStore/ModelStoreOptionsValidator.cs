using Microsoft.Extensions.Options;

namespace EdgeHost.ModelStore;

/// <summary>Checks <see cref="ModelStoreOptions"/> against the ranges in their documentation.</summary>
internal sealed class ModelStoreOptionsValidator : IValidateOptions<ModelStoreOptions>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    public ValidateOptionsResult Validate(string? name, ModelStoreOptions options)
    {
        var failures = new List<string>();
        Require(!string.IsNullOrWhiteSpace(options.HomeFolder), nameof(options.HomeFolder), "a folder");
        Require(!string.IsNullOrWhiteSpace(options.NpmExecutable), nameof(options.NpmExecutable), "a name or a path");
        Require(options.MaxMirrorFiles is >= 1 and <= 10_000_000, nameof(options.MaxMirrorFiles), "1 to 10000000");
        Require(options.QuotaBytes is null or >= 1, nameof(options.QuotaBytes), "at least 1, or null");
        Require(options.FreeSpaceReserveBytes >= 0, nameof(options.FreeSpaceReserveBytes), "at least 0");
        Require(options.MaxPackageUnpackedBytes is >= 1024 and <= 1L << 40, nameof(options.MaxPackageUnpackedBytes), "1 KiB to 1 TiB");
        Require(options.MaxImportBytes is >= 1024 and <= 1L << 40, nameof(options.MaxImportBytes), "1 KiB to 1 TiB");
        Require(options.HttpAttempts is >= 1 and <= 100, nameof(options.HttpAttempts), "1 to 100");
        Between(options.CatalogCheckInterval, TimeSpan.Zero, Hour, nameof(options.CatalogCheckInterval));
        Between(options.LockTimeout, TimeSpan.FromMilliseconds(1), Day, nameof(options.LockTimeout));
        Between(options.NpmTimeout, TimeSpan.FromMilliseconds(100), Day, nameof(options.NpmTimeout));
        Between(options.HttpAnswerTimeout, TimeSpan.FromMilliseconds(10), Hour, nameof(options.HttpAnswerTimeout));
        Between(options.HttpStallTimeout, TimeSpan.FromMilliseconds(10), Hour, nameof(options.HttpStallTimeout));
        Between(options.HttpRetryDelay, TimeSpan.Zero, Hour, nameof(options.HttpRetryDelay));
        Between(options.HttpMaxRetryDelay, TimeSpan.Zero, Hour, nameof(options.HttpMaxRetryDelay));
        Require(
            options.HuggingFaceEndpoint is { IsAbsoluteUri: true } endpoint && endpoint.Scheme == Uri.UriSchemeHttps,
            nameof(options.HuggingFaceEndpoint),
            "an https address");
        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;

        void Require(bool holds, string option, string expected)
        {
            if (!holds) failures.Add($"{ModelStoreOptions.Section}:{option} must be {expected}.");
        }

        void Between(TimeSpan value, TimeSpan minimum, TimeSpan maximum, string option)
            => Require(value >= minimum && value <= maximum, option, $"{minimum} to {maximum}");
    }
}
