# What `cmake --install` puts where: the program, its man page and completion, one
# static library with its headers and pkg-config file, the shipped scenarios, and the
# scripts that are commands.

# All static libraries made below a folder
function(headroom_libraries_below folder libraries)
    get_property(targets DIRECTORY ${folder} PROPERTY BUILDSYSTEM_TARGETS)
    get_property(folders DIRECTORY ${folder} PROPERTY SUBDIRECTORIES)
    set(found)
    foreach(target IN LISTS targets)
        get_target_property(type ${target} TYPE)
        if(type STREQUAL STATIC_LIBRARY)
            list(APPEND found ${target})
        endif()
    endforeach()
    foreach(below IN LISTS folders)
        headroom_libraries_below(${below} more)
        list(APPEND found ${more})
    endforeach()
    set(${libraries} ${found} PARENT_SCOPE)
endfunction()

# The layers linked into one object, of which only the public names stay visible.
headroom_libraries_below(${PROJECT_SOURCE_DIR}/engine layer_libraries)
set(layer_archives ${layer_libraries})
list(TRANSFORM layer_archives REPLACE "(.+)" "$<TARGET_FILE:\\1>")
set(archive ${PROJECT_BINARY_DIR}/libheadroom.a)
set(whole ${PROJECT_BINARY_DIR}/headroom_whole.o)
add_custom_command(OUTPUT ${archive}
    COMMAND ${CMAKE_LINKER} -r -o ${whole} --whole-archive ${layer_archives} --no-whole-archive
    COMMAND ${CMAKE_OBJCOPY} --wildcard --keep-global-symbol=hr_* ${whole}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${archive}
    COMMAND ${CMAKE_AR} rcs ${archive} ${whole}
    DEPENDS ${layer_libraries}
    VERBATIM
    COMMENT "Linking the layers into libheadroom.a")
add_custom_target(headroom_archive ALL DEPENDS ${archive})
install(FILES ${archive} DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY include/headroom DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})

# The prefix is told from the file's own place, so that the tree may be moved.
set(pkgconfig_dir ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
file(RELATIVE_PATH prefix_from_pkgconfig
    /prefix/${pkgconfig_dir} /prefix)
string(REGEX REPLACE "/$" "" prefix_from_pkgconfig "${prefix_from_pkgconfig}")
configure_file(scripts/install/headroom.pc.in headroom.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/headroom.pc DESTINATION ${pkgconfig_dir})

install(DIRECTORY scenarios DESTINATION ${CMAKE_INSTALL_DATADIR}/headroom
    PATTERN england_2014_practices.csv EXCLUDE # real practices, made here: they stay here
    PATTERN england_2014_sites.csv EXCLUDE)
install(PROGRAMS scripts/report scripts/scenario-xlsx DESTINATION ${CMAKE_INSTALL_DATADIR}/headroom/scripts)
install(FILES scripts/lib/asking.py scripts/lib/ending.py scripts/lib/whole.py DESTINATION ${CMAKE_INSTALL_DATADIR}/headroom/scripts/lib)
install(DIRECTORY scripts/lib/report DESTINATION ${CMAKE_INSTALL_DATADIR}/headroom/scripts/lib
    PATTERN __pycache__ EXCLUDE PATTERN example.png EXCLUDE)
install(FILES scripts/install/headroom.bash
    DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    RENAME headroom)

# Object files in which every variable is ours: sanitizers and coverage add their own
if(NOT HEADROOM_SANITIZE AND NOT HEADROOM_COVERAGE)
    set(plain_objects ${archive})
    if(TARGET headroom)
        list(APPEND plain_objects $<TARGET_OBJECTS:headroom>)
    endif()
endif()

if(TARGET headroom)
    install(TARGETS headroom)
    find_program(HELP2MAN help2man)
    if(HELP2MAN AND NOT HEADROOM_SANITIZE)
        set(man_page ${PROJECT_BINARY_DIR}/headroom.1)
        add_custom_command(OUTPUT ${man_page}
            COMMAND ${PROJECT_SOURCE_DIR}/scripts/install/man-page
                $<TARGET_FILE:headroom> ${man_page}
            DEPENDS headroom ${PROJECT_SOURCE_DIR}/scripts/install/man-page
            VERBATIM
            COMMENT "Writing the man page from --help")
        add_custom_target(headroom_man ALL DEPENDS ${man_page})
        install(FILES ${man_page} DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
    endif()
endif()
