using System.Reflection;
using System.Text;

namespace Boltzmann.Tests.Golden;

/// <summary>Pins what users of the libraries can call: a change here is a change of the contract, and belongs in the changelog.</summary>
public class PublicApiTests
{
    [Fact]
    public void The_public_types_and_members_are_those_of_the_golden_file()
    {
        var text = new StringBuilder();
        Assembly[] assemblies = [typeof(Rbm).Assembly, typeof(DataSource).Assembly];
        foreach (var space in assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(IsWritten)
            .GroupBy(type => type.Namespace!).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            text.AppendLine($"namespace {space.Key}");
            foreach (Type type in space.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                text.Append(type.IsInterface ? "interface " : type.IsEnum ? "enum " : type.IsValueType ? "struct "
                    : type is { IsAbstract: true, IsSealed: true } ? "static " : type.IsAbstract ? "abstract " : "class ")
                    .AppendLine(Name(type));
                foreach (string line in Members(type).Distinct().Order(StringComparer.Ordinal)) text.Append("  ").AppendLine(line);
            }
        }
        GoldenFile.Check("public-api.txt", text.ToString());
    }

    // The compiler keeps each block of extension members in types of its own, whose names no one can write.
    static bool IsWritten(Type type) => !type.FullName!.Contains('<', StringComparison.Ordinal);

    // Members that the compiler writes for records and accessors of properties say nothing of their own.
    static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Own = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (ConstructorInfo c in type.GetConstructors(Own)) yield return $"new({Parameters(c)})";
        foreach (PropertyInfo p in type.GetProperties(Own)) yield return $"{Name(p.PropertyType)} "
            + $"{p.Name}{(p.GetIndexParameters().Length > 0 ? "[]" : "")}{(p.SetMethod?.IsPublic == true ? " { set }" : "")}";
        foreach (FieldInfo f in type.GetFields(Own)) yield return $"{Name(f.FieldType)} {f.Name}";
        foreach (MethodInfo m in type.GetMethods(Own))
            if (!m.IsSpecialName && m.Name is not ("Equals" or "GetHashCode" or "ToString" or "Deconstruct") && !m.Name.StartsWith('<'))
                yield return $"{Name(m.ReturnType)} {m.Name}({Parameters(m)})";
    }

    static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(p => $"{Name(p.ParameterType)} {p.Name}{(p.IsOptional ? "?" : "")}"));

    static string Name(Type type)
    {
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (!type.IsGenericType) return type.Name;
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
