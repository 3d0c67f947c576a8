# cmake -DNM=... -P no_libm.cmake OBJECT...: fails where one calls the C library's
# exponentials, logarithms or powers.
set(checked 0)
foreach(i RANGE ${CMAKE_ARGC})
    set(object "${CMAKE_ARGV${i}}")
    if(NOT object MATCHES "\\.o$")
        continue()
    endif()
    execute_process(COMMAND ${NM} --undefined-only ${object} OUTPUT_VARIABLE symbols
        COMMAND_ERROR_IS_FATAL ANY)
    if(symbols MATCHES " U ((exp|exp2|expm1|log|log2|log10|log1p|pow|cbrt|erfc?|[lt]gamma|sin|cos|tan|a?sinh?|a?cosh?|a?tanh?)f?)\n")
        message(FATAL_ERROR "${object} calls ${CMAKE_MATCH_1}()")
    endif()
    math(EXPR checked "${checked} + 1")
endforeach()
if(checked LESS 10)
    message(FATAL_ERROR "only ${checked} objects to look at")
endif()
