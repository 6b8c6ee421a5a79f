using EdgeHost.Runtime.Devices;
using EdgeHost.Runtime.Scheduling.Policies;

namespace EdgeHost.Runtime.Scheduling;

/// <content>What a step that is not run hears.</content>
internal sealed partial class DeviceWorkers
{
    private bool IsInService => _schedule.Slots > 0 && _services.Health.IsUsable(_device.Id);

    private static EdgeHostException Stopping()
        => new(ErrorCode.Unavailable, "The host is stopping and starts no further model steps; try again when it is back.");

    private static EdgeHostException Expired(StepRequest request)
        => new(ErrorCode.DeadlineExceeded, $"The deadline passed before a step of '{request.Model}' could run.");

    private DeviceFaultException OutOfService()
    {
        var health = _services.Health.Of(_device.Id);
        var reason = health.IsUsable ? "a run on it did not come back" : health.Reason;
        return new DeviceFaultException(_device.Id, $"Device '{_device.Id}' is out of service: {reason}. It is tested again by itself; see `edgehost doctor`.");
    }

    private EdgeHostException Refuse(QueuedStep step, Admission admission)
    {
        var request = step.Request;
        if (admission.Outcome == AdmissionOutcome.Late) return Expired(request);
        string text;
        if (admission.Outcome == AdmissionOutcome.Full)
        {
            text = $"The queue of device '{_device.Id}' is full ({_options.QueueLimit} steps); try again later or raise the limit.";
            _services.Meter.StepEvent(_device.Id, "full");
        }
        else
        {
            var left = step.Deadline!.Value - step.Enqueued;
            text = $"A step of '{request.Model}' would not meet its deadline in {StepDecisions.Text(left)}: on '{_device.Id}' it would wait "
                + $"{StepDecisions.Text(admission.Wait)} and run {StepDecisions.Text(admission.Run)}. Try again later or with a later deadline.";
            _services.Meter.StepEvent(_device.Id, "hopeless");
        }

        _services.Shares.Refused(step.App);
        _decisions.Refused(request, text);
        return new EdgeHostException(ErrorCode.ResourceExhausted, text) { RetryAfter = admission.RetryAfter };
    }

    private void Count(AdmissionOutcome outcome)
    {
        if (outcome == AdmissionOutcome.Full) _counts.Rejected++;
        else if (outcome == AdmissionOutcome.Hopeless) _counts.Hopeless++;
        else if (outcome == AdmissionOutcome.Late) _counts.Expired++;
    }
}
