using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace IotGateway.Edge.Settings;

/// <summary>Reads a section of the configuration strictly.</summary>
internal static class StrictOptions
{
    /// <exception cref="ValidationException">A value is wrong; the message names its key, its value and what was expected.</exception>
    public static T Read<T>(this IHostApplicationBuilder builder, string section)
        where T : class, new()
    {
        var options = Strictly(section, () => builder.Configuration.GetSection(section).Get<T>(o => o.ErrorOnUnknownConfiguration = true)) ?? new T();
        if (NullText(options) is { } missing)
            throw new ValidationException($"{section}:{missing} is null; expected text, which may be empty.");
        var wrong = new List<ValidationResult>();
        if (!Validator.TryValidateObject(options, new ValidationContext(options), wrong, validateAllProperties: true))
            throw new ValidationException($"Section {section}: {string.Join(" ", wrong.Select(w => w.ErrorMessage))}");
        return options;
    }

    /// <summary>A text that was written as null where one must be.</summary>
    private static string? NullText(object options)
    {
        var nullability = new NullabilityInfoContext();
        return Array.Find(
            options.GetType().GetProperties(),
            p => p.PropertyType == typeof(string) && nullability.Create(p).WriteState == NullabilityState.NotNull && p.GetValue(options) is null)?.Name;
    }

    /// <summary>A value of the wrong type or a key that is not known stops the start by its name.</summary>
    private static T Strictly<T>(string section, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException e)
        {
            throw new ValidationException($"Section {section}: {e.Message}", e);
        }
    }
}
