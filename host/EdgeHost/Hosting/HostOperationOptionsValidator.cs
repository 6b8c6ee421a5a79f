using Microsoft.Extensions.Options;

namespace EdgeHost.Host.Hosting;

[OptionsValidator]
internal sealed partial class HostOperationOptionsValidator : IValidateOptions<HostOperationOptions>;
